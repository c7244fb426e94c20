package dev.lifeline.bench.brake;

import dev.lifeline.bench.Bench;
import dev.lifeline.bench.Instance;
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
public final class BrakeBenchmark implements Bench.Benchmark {

    private static final String ALICE = "11111111-1111-4111-8111-111111111111";
    private static final double ACTIONS_PER_SECOND = 100;
    private static final int WARM_UP_SECONDS = 40;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 120;
    private static final int PAUSED_MILLIS = 150;
    private static final int FREE_MILLIS = 250;

    /** Whose brake it is. */
    private record Brake(String whose, String path, Agent by) {}

    private record Figures(
            List<Double> byUser, List<Double> byOperator, int seenAfter, int late, Evidence.Count committed) {}

    @Override
    public Report.Section run(Bench.Settings settings) throws Exception {
        Map<String, String> machine = Bench.machine();
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
        Brake own = new Brake("user", "/api/users/" + ALICE + "/autonomy-pause", alice);
        Brake everybodys = new Brake("operator", "/api/ops/autonomy-pause", operator);
        trust(up.lifeline(), alice);
        try (Load more = new Load(instances, alice, 2 * ACTIONS_PER_SECOND)) {
            more.start();
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS * rounds / ROUNDS);
        }
        List<Double> byUser = new ArrayList<>();
        List<Double> byOperator = new ArrayList<>();
        int seenAfter = 0;
        int late = 0;
        try (Load load = new Load(instances, alice, ACTIONS_PER_SECOND)) {
            load.start();
            for (int i = -WARM_UP; i < rounds; i++) {
                for (Brake brake : List.of(own, everybodys)) {
                    TimeUnit.MILLISECONDS.sleep(FREE_MILLIS);
                    long asked = System.nanoTime();
                    boolean inTime = pull(up.lifeline(), brake, true);
                    long answered = System.nanoTime();
                    TimeUnit.MILLISECONDS.sleep(PAUSED_MILLIS);
                    long lifted = System.nanoTime();
                    pull(up.lifeline(), brake, false);
                    seenAfter += (int) load.admissions().stream()
                            .filter(each -> each.given() && each.asked() > answered && each.answered() < lifted)
                            .count();
                    if (i >= 0) {
                        (brake == own ? byUser : byOperator).add((answered - asked) / 1e6);
                        late += inTime ? 0 : 1;
                    }
                }
                if (i % 20 == 0) {
                    System.out.printf(
                            Locale.ROOT,
                            "  %d of %d, %d admissions asked for%n",
                            i,
                            rounds,
                            load.admissions().size());
                }
            }
        }
        TimeUnit.SECONDS.sleep(2); // what was committed last is being published
        return new Figures(byUser, byOperator, seenAfter, late, new Evidence(store.kafka()).count());
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
        String work = "a pause, from the request to its answer";
        String goal = "(to reach: p99 under 50 ms)";
        List<Report.Line> lines = List.of(
                line(work, "Lifeline: PUT autonomy-pause", figures.byUser(), goal),
                line(work, "Lifeline: PUT /api/ops/autonomy-pause", figures.byOperator(), goal),
                new Report.Line(
                        work,
                        "switches that stream or poll, as their makers publish it, not measured here",
                        "200 ms, 15 s",
                        List.of(),
                        ""),
                new Report.Line(
                        "admissions committed between a pause and its resume, by the events",
                        "Lifeline",
                        figures.committed().whilePaused() + " of "
                                + figures.committed().admitted() + ", "
                                + figures.committed().pauses() + " pauses",
                        List.of(),
                        "(to reach: 0)"),
                new Report.Line(
                        "admissions asked for after the answer, and given, as the agents saw it",
                        "Lifeline",
                        Integer.toString(figures.seenAfter()),
                        List.of(),
                        "(to reach: 0)"));
        String part = scale == 1 ? "" : " Only " + scale + " of the rounds: a look, not a figure.";
        return new Report.Section(
                String.format(
                        Locale.ROOT,
                        "Pauses by a user and by the operator, %d each, at what ./lifeline up starts and two more instances of "
                                + "policy-service, while agents propose, ask for admission and complete %,.0f actions a second; "
                                + "%d answers said that it was still pending.%s",
                        figures.byUser().size(),
                        ACTIONS_PER_SECOND,
                        figures.late(),
                        part),
                machine,
                Map.of(),
                lines);
    }

    private static Report.Line line(String work, String who, List<Double> millis, String goal) {
        double[] values = millis.stream().mapToDouble(each -> each).toArray();
        return new Report.Line(work, who, new Quantiles(values).inTenths(), millis, goal);
    }
}
