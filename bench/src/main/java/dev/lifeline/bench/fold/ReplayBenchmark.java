package dev.lifeline.bench.fold;

import dev.lifeline.bench.Benchmark;
import dev.lifeline.bench.Machine;
import dev.lifeline.bench.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The read model rebuilt from the log, beside the live fold of the same events. */
public final class ReplayBenchmark implements Benchmark {

    private static final Workload POLLS = new Workload("10 M events into 100 k rows, in rounds", 100_000, 100, true);

    @Override
    public Report.Section run(Settings settings) throws Exception {
        Map<String, String> machine = Machine.describe();
        Workload workload = POLLS.scaled(settings.scale());
        LifelineFold live = new LifelineFold(1);
        ReplayRun replay = new ReplayRun();
        List<Double> lives = new ArrayList<>();
        List<Double> replays = new ArrayList<>();
        try (Arena arena = new Arena(settings.scratch())) {
            System.out.println("replay: starting Kafka and PostgreSQL");
            arena.start();
            System.out.printf(Locale.ROOT, "replay: writing %,d events%n", workload.events());
            arena.topicOf(workload);
            for (int i = 0; i < settings.repetitions(); i++) {
                lives.add(said(live.name(), live.run(arena, workload)));
                replays.add(said(replay.name(), replay.run(arena, workload)));
                System.out.println("    heap: " + replay.heapInWords());
            }
        }
        Figures own = new Figures(replays);
        Figures peer = new Figures(lives);
        String ratio = String.format(Locale.ROOT, "%.2f (to reach: 1)", own.median() / peer.median());
        String part = settings.scale() == 1 ? "" : " Only " + settings.scale() + " of the work: a look, not a figure.";
        return new Report.Section(
                "The read model rebuilt from connector events, beside the live fold of the same with one thread; events a"
                        + " second, the median of " + settings.repetitions() + ". 4 partitions, fsync on." + part,
                machine,
                Map.of("Kafka", org.apache.kafka.common.utils.AppInfoParser.getVersion(), "PostgreSQL", "18.6"),
                List.of(
                        own.line(workload, replay.name(), ""),
                        peer.line(workload, live.name() + ", live", ratio),
                        new Report.Line(
                                workload.name(),
                                "the replay's heap, at its lowest in each tenth of the way",
                                replay.heapInWords(),
                                replay.heap(),
                                "")));
    }

    private static double said(String who, double rate) {
        System.out.printf(Locale.ROOT, "  %s: %,.0f events/s%n", who, rate);
        return rate;
    }
}
