package dev.lifeline.bench.detect;

import dev.lifeline.bench.Benchmark;
import dev.lifeline.bench.Instance;
import dev.lifeline.bench.Machine;
import dev.lifeline.bench.Quantiles;
import dev.lifeline.bench.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A user's access is taken away, the next poll meets it, and the banner appears at a stream that is open; then the user
 * reconnects, and it begins anew.
 */
public final class DetectBenchmark implements Benchmark {

    private static final String USER = "alice";
    private static final String USER_ID = "11111111-1111-4111-8111-111111111111";
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 120;

    /** One time round, in milliseconds. */
    private record Round(double fromAnswer, double fromRevocation) {}

    @Override
    public Report.Section run(Settings settings) throws Exception {
        Map<String, String> machine = Machine.describe();
        int rounds = (int) Math.max(1, ROUNDS * settings.scale());
        System.out.println("detect: starting ./lifeline up");
        Path directory = Files.createDirectories(settings.scratch().resolve("detect"));
        Round[] measured = new Round[rounds];
        try (Instance instance = new Instance(settings.root(), directory, POLL_INTERVAL);
                Visitor visitor = new Visitor(instance.lifeline());
                BannerStream stream = new BannerStream(instance.lifeline(), USER_ID, instance.token(USER))) {
            visitor.signIn(USER);
            stream.await(false);
            for (int i = -WARM_UP; i < rounds; i++) {
                Round round = round(instance, visitor, stream);
                if (i >= 0) {
                    measured[i] = round;
                }
                if (i % 20 == 0) {
                    System.out.printf(Locale.ROOT, "  %d of %d: %.0f ms%n", i, rounds, round.fromAnswer());
                }
            }
        }
        return section(machine, measured, settings.scale());
    }

    private static Round round(Instance instance, Visitor visitor, BannerStream stream) throws Exception {
        long refreshes = instance.refreshes(USER);
        long revoked = System.nanoTime();
        instance.revoke(USER);
        // When the provider refused is taken to be when it last had not: earlier than it was, so that nothing is
        // spared.
        long answered = revoked;
        long look = System.nanoTime();
        while (instance.refreshes(USER) == refreshes) {
            answered = look;
            Thread.sleep(1);
            look = System.nanoTime();
        }
        long seen = stream.await(true);
        visitor.consent("gmail");
        stream.await(false);
        return new Round((seen - answered) / 1e6, (seen - revoked) / 1e6);
    }

    private static Report.Section section(Map<String, String> machine, Round[] rounds, double scale) {
        Quantiles fromAnswer = new Quantiles(
                Arrays.stream(rounds).mapToDouble(Round::fromAnswer).toArray());
        Quantiles fromRevocation = new Quantiles(
                Arrays.stream(rounds).mapToDouble(Round::fromRevocation).toArray());
        Quantiles everyMinute = SixtySeconds.lifeline(fromAnswer);
        Quantiles skyTwin = SixtySeconds.workerLoopAndBrowserPoll();
        String inMinutes = "revocation -> banner, polls every 60 s, drawn at random";
        String part = scale == 1 ? "" : " Only " + scale + " of the work: a look, not a figure.";
        return new Report.Section(
                "From a provider's refusal to the banner, at an open stream of the instance that ./lifeline up starts, "
                        + rounds.length + " times." + part,
                machine,
                Map.of(),
                List.of(
                        new Report.Line(
                                "provider answers `invalid_grant` -> banner at an open stream, measured",
                                "Lifeline",
                                fromAnswer.inMillis(),
                                boxed(fromAnswer),
                                "(to reach: p99 under 500 ms)"),
                        new Report.Line(
                                "revocation -> banner, polls every 500 ms, measured",
                                "Lifeline",
                                fromRevocation.inMillis(),
                                boxed(fromRevocation),
                                ""),
                        new Report.Line(
                                inMinutes,
                                "Lifeline: the wait for the next poll, and what was measured from the answer on",
                                everyMinute.inSeconds(),
                                List.of(),
                                ""),
                        new Report.Line(
                                inMinutes,
                                "SkyTwin's design: a worker's loop of 60 s, then a browser that asks every 60 s",
                                skyTwin.inSeconds(),
                                List.of(),
                                String.format(
                                        Locale.ROOT,
                                        "%.2f at p50, %.2f at p99",
                                        everyMinute.at(0.5) / skyTwin.at(0.5),
                                        everyMinute.at(0.99) / skyTwin.at(0.99)))));
    }

    private static List<Double> boxed(Quantiles quantiles) {
        return Arrays.stream(quantiles.sorted())
                .map(value -> Math.round(value * 10) / 10.0)
                .boxed()
                .toList();
    }
}
