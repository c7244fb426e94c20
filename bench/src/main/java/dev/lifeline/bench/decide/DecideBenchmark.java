package dev.lifeline.bench.decide;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.bench.Benchmark;
import dev.lifeline.bench.Machine;
import dev.lifeline.bench.Quantiles;
import dev.lifeline.bench.Report;
import dev.lifeline.bench.policy.Agent;
import dev.lifeline.bench.policy.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Agents propose, are admitted and complete, 500 requests a second, each from when it was meant to begin; then as fast as
 * they can. Beside it PostgreSQL alone commits as often, at the same times, and as fast as it can.
 */
public final class DecideBenchmark implements Benchmark {

    private static final int REQUESTS_PER_SECOND = 500;

    /** The JVM's compiler takes so long to have done with what a request passes through, on two cores that others share. */
    private static final int WARM_UP_SECONDS_AT_FULL_SPEED = 60;

    private static final int WARM_UP_SECONDS = 20;
    private static final int SECONDS = 40;
    private static final int SECONDS_AT_FULL_SPEED = 15;

    /** How many actions later one that was proposed is admitted, and how many later that is completed. */
    private static final int LATER = 50;

    @Override
    public Report.Section run(Settings settings) throws Exception {
        Map<String, String> machine = Machine.describe();
        System.out.println("decide: starting Kafka, PostgreSQL and policy-service");
        try (Stage stage = new Stage(settings.scratch())) {
            System.out.println("decide: warming up");
            FullSpeed.agents(stage, seconds(WARM_UP_SECONDS_AT_FULL_SPEED, settings));
            paced(stage, seconds(WARM_UP_SECONDS, settings));
            System.out.println("decide: " + REQUESTS_PER_SECOND + " requests a second");
            Figures figures = paced(stage, seconds(SECONDS, settings));
            System.out.println("decide: as fast as they can");
            double requests = FullSpeed.agents(stage, seconds(SECONDS_AT_FULL_SPEED, settings));
            System.out.println("decide: bare commits");
            try (HikariDataSource database = stage.database();
                    BareCommits bare = new BareCommits(database)) {
                FullSpeed.commits(bare, seconds(5, settings));
                Quantiles paced = paced(bare, seconds(SECONDS, settings));
                double commits = FullSpeed.commits(bare, seconds(SECONDS_AT_FULL_SPEED, settings));
                return section(machine, settings, figures, requests, paced, commits);
            }
        }
    }

    private static int seconds(int full, Benchmark.Settings settings) {
        return (int) Math.max(2, Math.round(full * settings.scale()));
    }

    /** Propose, admit and complete take turns, each at its time; what is admitted was proposed a while before. */
    private static Figures paced(Stage stage, int seconds) {
        Figures figures = new Figures();
        int count = seconds * REQUESTS_PER_SECOND;
        List<CompletableFuture<String>> proposed = futures(count / 3 + 1);
        List<CompletableFuture<String>> admitted = futures(count / 3 + 1);
        Pace.keep(REQUESTS_PER_SECOND, count, (number, meant) -> {
            int turn = number / 3;
            switch (number % 3) {
                case 0 -> {
                    Agent.Answer answer = stage.agent(turn).propose(stage.instance());
                    note(figures, figures.proposals, meant, answer.status(), 200);
                    proposed.get(turn).complete(answer.status() == 200 ? answer.text("decisionId") : "none");
                }
                case 1 -> {
                    int which = turn - LATER;
                    if (which >= 0) {
                        String decision = proposed.get(which).get();
                        Agent.Answer answer = stage.agent(which).admit(stage.instance(), decision);
                        note(figures, figures.admissions, meant, answer.status(), 200);
                        admitted.get(which).complete(decision);
                    }
                }
                default -> {
                    int which = turn - 2 * LATER;
                    if (which >= 0) {
                        Agent.Answer answer = stage.agent(which)
                                .complete(stage.instance(), admitted.get(which).get());
                        note(figures, figures.completions, meant, answer.status(), 204);
                    }
                }
            }
        });
        return figures;
    }

    private static List<CompletableFuture<String>> futures(int count) {
        List<CompletableFuture<String>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(new CompletableFuture<>());
        }
        return futures;
    }

    private static void note(Figures figures, Queue<Double> millis, long meant, int status, int wanted) {
        millis.add(Pace.since(meant));
        if (status != wanted) {
            figures.failures.merge(status, 1, Integer::sum);
        }
    }

    private static Quantiles paced(BareCommits bare, int seconds) {
        Queue<Double> millis = new ConcurrentLinkedQueue<>();
        Pace.keep(REQUESTS_PER_SECOND, seconds * REQUESTS_PER_SECOND, (number, meant) -> {
            bare.commit(number);
            millis.add(Pace.since(meant));
        });
        return Figures.of(millis);
    }

    private static Report.Section section(
            Map<String, String> machine,
            Benchmark.Settings settings,
            Figures figures,
            double requests,
            Quantiles bare,
            double commits) {
        String paced = REQUESTS_PER_SECOND + " requests a second, from when each was meant to begin";
        String full = "as fast as " + Stage.CONNECTIONS + " can";
        String goal = "(to reach: p99 under 20 ms)";
        List<Report.Line> lines = new ArrayList<>();
        lines.add(line(paced, "Lifeline: propose", Figures.of(figures.proposals), goal));
        lines.add(line(paced, "Lifeline: admit", Figures.of(figures.admissions), goal));
        lines.add(line(paced, "Lifeline: complete", Figures.of(figures.completions), goal));
        lines.add(line(paced, "bare PostgreSQL: a row inserted and committed", bare, ""));
        lines.add(new Report.Line(
                full,
                "Lifeline: propose, admit, complete in turn",
                perSecond(requests, "requests"),
                List.of(requests),
                ""));
        lines.add(new Report.Line(
                full,
                "bare PostgreSQL: a row inserted and committed",
                perSecond(commits, "commits"),
                List.of(commits),
                String.format(Locale.ROOT, "%.2f (to reach: 0.5)", requests / commits)));
        String part = settings.scale() == 1 ? "" : " Only " + settings.scale() + " of the time: a look, not a figure.";
        return new Report.Section(
                "Agents of 50 users at one instance of policy-service over HTTP, fsync on; answered otherwise than they "
                        + "should, by status: " + (figures.failures.isEmpty() ? "none." : figures.failures + ".")
                        + part,
                machine,
                Map.of("PostgreSQL", "18.6"),
                lines);
    }

    private static Report.Line line(String work, String who, Quantiles millis, String goal) {
        return new Report.Line(work, who, millis.inTenths(), List.of(), goal);
    }

    private static String perSecond(double count, String what) {
        return String.format(Locale.ROOT, "%,.0f %s/s", count, what);
    }
}
