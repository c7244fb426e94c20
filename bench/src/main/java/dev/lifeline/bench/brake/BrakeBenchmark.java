package dev.lifeline.bench.brake;

import dev.lifeline.bench.Benchmark;
import dev.lifeline.bench.Instance;
import dev.lifeline.bench.Machine;
import dev.lifeline.bench.Quantiles;
import dev.lifeline.bench.Report;
import dev.lifeline.bench.policy.Agent;
import dev.lifeline.bench.policy.PolicyProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Agents act at three instances of policy-service, that of {@code ./lifeline up} and two beside it; the user, and the
 * operator, pause and resume. How soon are they answered, and was anything admitted after that?
 */
public final class BrakeBenchmark implements Benchmark {

    private static final String ALICE = "11111111-1111-4111-8111-111111111111";

    /** Few, so that a pause seldom finds a processor busy, and many. */
    private static final List<Double> ACTIONS_PER_SECOND = List.of(25.0, 75.0);

    private static final double WARM_UP_ACTIONS_PER_SECOND = 200;
    private static final int WARM_UP_SECONDS = 120;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 200;
    private static final int PAUSED_MILLIS = 150;
    private static final int FREE_MILLIS = 250;

    /** Whose brake it is. */
    private record Brake(String whose, String path, Agent by) {}

    /**
     * Pauses while so many actions a second were asked for, and so many begun.
     *
     * @param byUser milliseconds until the answer
     * @param seenAfter admissions that were given after it
     * @param late answers that said that it was still pending
     */
    private record Pauses(
            double actionsPerSecond,
            double reached,
            List<Double> byUser,
            List<Double> byOperator,
            int seenAfter,
            int late) {}

    private record Figures(List<Pauses> pauses, Evidence.Count committed) {}

    @Override
    public Report.Section run(Settings settings) throws Exception {
        Map<String, String> machine = Machine.describe();
        int rounds = (int) Math.max(2, ROUNDS * settings.scale());
        System.out.println("brake: starting ./lifeline up");
        Path directory = Files.createDirectories(settings.scratch().resolve("brake"));
        try (Instance up = new Instance(settings.root(), directory, Duration.ofSeconds(5))) {
            Store store = new Store(up.home());
            System.out.println("brake: starting two more instances of policy-service");
            Map<String, String> more = new HashMap<>(store.ofPolicyService());
            more.put("lifeline.policy.issuer", up.sandbox().toString());
            try (PolicyProcess second = PolicyProcess.begin(more, directory.resolve("second.log"));
                    PolicyProcess third = PolicyProcess.begin(more, directory.resolve("third.log"))) {
                second.awaitReady();
                third.awaitReady();
                Figures figures = measure(up, List.of(up.lifeline(), second.address(), third.address()), store, rounds);
                return section(machine, figures, settings.scale());
            }
        }
    }

    private static Figures measure(Instance up, List<URI> instances, Store store, int rounds) throws Exception {
        HttpClient http = Agent.client();
        Agent alice = new Agent(http, UUID.fromString(ALICE), up.token("alice"));
        Agent operator = new Agent(http, UUID.fromString(ALICE), up.token("ops"));
        List<Brake> brakes = List.of(
                new Brake("user", "/api/users/" + ALICE + "/autonomy-pause", alice),
                new Brake("operator", "/api/ops/autonomy-pause", operator));
        trust(up.lifeline(), alice);
        try (Load more = new Load(instances, alice, WARM_UP_ACTIONS_PER_SECOND)) {
            more.start();
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS * rounds / ROUNDS);
        }
        List<Pauses> pauses = new ArrayList<>();
        for (double actionsPerSecond : ACTIONS_PER_SECOND) {
            try (Load load = new Load(instances, alice, actionsPerSecond)) {
                load.start();
                pauses.add(pauses(up.lifeline(), brakes, load, rounds));
            }
        }
        TimeUnit.SECONDS.sleep(2); // what was committed last is being published
        return new Figures(pauses, new Evidence(store.kafka()).count());
    }

    private static Pauses pauses(URI lifeline, List<Brake> brakes, Load load, int rounds) throws InterruptedException {
        List<List<Double>> millis = List.of(new ArrayList<>(), new ArrayList<>());
        int seenAfter = 0;
        int late = 0;
        for (int i = -WARM_UP; i < rounds; i++) {
            for (int whose = 0; whose < brakes.size(); whose++) {
                TimeUnit.MILLISECONDS.sleep(FREE_MILLIS);
                long asked = System.nanoTime();
                boolean inTime = pull(lifeline, brakes.get(whose), true);
                long answered = System.nanoTime();
                TimeUnit.MILLISECONDS.sleep(PAUSED_MILLIS);
                long lifted = System.nanoTime();
                pull(lifeline, brakes.get(whose), false);
                seenAfter += (int) load.admissions().stream()
                        .filter(each -> each.given() && each.asked() > answered && each.answered() < lifted)
                        .count();
                if (i >= 0) {
                    millis.get(whose).add((answered - asked) / 1e6);
                    late += inTime ? 0 : 1;
                }
            }
            if (i % 20 == 0) {
                System.out.printf(
                        Locale.ROOT,
                        "  %d of %d at %.0f actions a second, %d admissions asked for%n",
                        i,
                        rounds,
                        load.actionsPerSecond(),
                        load.admissions().size());
            }
        }
        return new Pauses(
                load.actionsPerSecond(), load.reached(), millis.getFirst(), millis.getLast(), seenAfter, late);
    }

    /** Whether the answer says that it is done, rather than that it will be. */
    private static boolean pull(URI lifeline, Brake brake, boolean paused) {
        Agent.Answer answer = brake.by().send(lifeline, "PUT", brake.path(), "{\"paused\": " + paused + "}");
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("the " + brake.whose() + "'s brake answered " + answer.status());
        }
        return answer.status() == 200;
    }

    private static void trust(URI lifeline, Agent alice) {
        Agent.Answer answer = alice.send(lifeline, "PUT", "/api/users/" + ALICE + "/autonomy-settings", """
                {"trustTier": "high_autonomy", "maxSpendPerActionCents": null, "maxDailySpendCents": null,
                 "allowedDomains": [], "blockedDomains": [], "requireApprovalForIrreversible": true,
                 "quietHours": null, "timeZone": "UTC"}""");
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("the settings were answered with " + answer.status());
        }
    }

    private static Report.Section section(Map<String, String> machine, Figures figures, double scale) {
        List<Report.Line> lines = new ArrayList<>();
        for (Pauses pauses : figures.pauses()) {
            String work = String.format(
                    Locale.ROOT,
                    "a pause, from the request to its answer, %.0f actions a second (%.1f reached)",
                    pauses.actionsPerSecond(),
                    pauses.reached());
            lines.add(line(work, "Lifeline: PUT autonomy-pause", pauses.byUser()));
            lines.add(line(work, "Lifeline: PUT /api/ops/autonomy-pause", pauses.byOperator()));
        }
        lines.add(new Report.Line(
                "a pause, from the request to its answer",
                "switches that stream or poll, as their makers publish it, not measured here",
                "200 ms, 15 s",
                List.of(),
                ""));
        lines.add(new Report.Line(
                "admissions committed between a pause and its resume, by the events",
                "Lifeline",
                figures.committed().whilePaused() + " of " + figures.committed().admitted() + ", "
                        + figures.committed().pauses() + " pauses",
                List.of(),
                "(to reach: 0)"));
        lines.add(new Report.Line(
                "admissions asked for after the answer, and given, as the agents saw it",
                "Lifeline",
                Integer.toString(
                        figures.pauses().stream().mapToInt(Pauses::seenAfter).sum()),
                List.of(),
                "(to reach: 0)"));
        String part = scale == 1 ? "" : " Only " + scale + " of the rounds: a look, not a figure.";
        return new Report.Section(
                String.format(
                        Locale.ROOT,
                        "Pauses by a user and by the operator, %d each, at what ./lifeline up starts and two more instances of "
                                + "policy-service, while agents propose, ask for admission and complete actions; "
                                + "%d answers said that it was still pending.%s",
                        figures.pauses().getFirst().byUser().size(),
                        figures.pauses().stream().mapToInt(Pauses::late).sum(),
                        part),
                machine,
                Map.of(),
                lines);
    }

    private static Report.Line line(String work, String who, List<Double> millis) {
        double[] values = millis.stream().mapToDouble(each -> each).toArray();
        return new Report.Line(work, who, new Quantiles(values).inTenths(), millis, "(to reach: p99 under 50 ms)");
    }
}
