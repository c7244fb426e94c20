package dev.lifeline.bench.fold;

import dev.lifeline.bench.Benchmark;
import dev.lifeline.bench.Machine;
import dev.lifeline.bench.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connector events from Kafka to committed rows, offsets stored with them. */
public final class FoldBenchmark implements Benchmark {

    private static final Workload ADJACENT = new Workload("400 k events into 100 k rows, adjacent", 100_000, 4, false);
    private static final Workload ROUNDS = new Workload("400 k events into 100 k rows, in rounds", 100_000, 4, true);
    private static final Workload MANY = new Workload("1 M events into 10 k rows", 10_000, 100, false);

    @Override
    public Report.Section run(Settings settings) throws Exception {
        Map<String, String> machine = Machine.describe();
        LifelineFold lifeline = new LifelineFold();
        List<Report.Line> lines = new ArrayList<>();
        System.out.println("fold: starting Kafka and PostgreSQL");
        try (Arena arena = new Arena(settings.scratch());
                DebeziumSink debezium = new DebeziumSink(settings.peers(), settings.scratch())) {
            arena.start();
            for (Workload full : List.of(ADJACENT, ROUNDS, MANY)) {
                Workload workload = full.scaled(settings.scale());
                Map<Contestant, String> goals = new LinkedHashMap<>();
                goals.put(debezium, full.equals(ADJACENT) ? "5" : full.equals(ROUNDS) ? "3" : "");
                goals.put(new UnnestUpsert(), "");
                goals.put(new SqlLoop(), full.equals(ADJACENT) ? "0.8" : "");
                goals.put(new ConsumeAndDecode(), full.equals(MANY) ? "0.5" : "");
                lines.addAll(compete(arena, workload, lifeline, goals, settings.repetitions()));
            }
        }
        String part = settings.scale() == 1 ? "" : " Only " + settings.scale() + " of the work: a look, not a figure.";
        return new Report.Section(
                "Connector events from Kafka to committed rows, offsets stored with them; events a second, the median of "
                        + settings.repetitions() + ". " + LifelineFold.THREADS + " threads fold, "
                        + LifelineFold.THREADS
                        + " tasks sink, 4 partitions, fsync on." + part,
                machine,
                Map.of(
                        "Kafka",
                        org.apache.kafka.common.utils.AppInfoParser.getVersion(),
                        "PostgreSQL",
                        "18.6",
                        "Debezium JDBC sink",
                        "3.6.0.Final"),
                lines);
    }

    private static List<Report.Line> compete(
            Arena arena, Workload workload, Contestant lifeline, Map<Contestant, String> goals, int repetitions)
            throws Exception {
        System.out.println("fold: " + workload.name());
        arena.topicOf(workload);
        List<Report.Line> lines = new ArrayList<>();
        Figures own = Figures.of(arena, workload, lifeline, repetitions);
        lines.add(own.line(workload, lifeline.name(), ""));
        for (Map.Entry<Contestant, String> peer : goals.entrySet()) {
            Figures figures = Figures.of(arena, workload, peer.getKey(), repetitions);
            String goal = peer.getValue().isEmpty() ? "" : " (to reach: " + peer.getValue() + ")";
            String ratio = "%.2f%s".formatted(own.median() / figures.median(), goal);
            lines.add(figures.line(workload, peer.getKey().name(), ratio));
            System.out.println("    Lifeline / this: " + ratio);
        }
        return lines;
    }
}
