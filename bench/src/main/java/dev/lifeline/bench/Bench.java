package dev.lifeline.bench;

import dev.lifeline.bench.brake.BrakeBenchmark;
import dev.lifeline.bench.decide.DecideBenchmark;
import dev.lifeline.bench.detect.DetectBenchmark;
import dev.lifeline.bench.evaluate.EvaluateBenchmark;
import dev.lifeline.bench.fold.FoldBenchmark;
import dev.lifeline.bench.fold.ReplayBenchmark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** {@code ./lifeline bench [NAME]}: runs one benchmark or all, each beside its peers, and writes the figures down. */
public final class Bench {

    private static final Map<String, Benchmark> BENCHMARKS = new TreeMap<>(Map.of(
            "brake", new BrakeBenchmark(),
            "decide", new DecideBenchmark(),
            "detect", new DetectBenchmark(),
            "evaluate", new EvaluateBenchmark(),
            "fold", new FoldBenchmark(),
            "replay", new ReplayBenchmark()));

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> names = arguments.length == 0 ? List.copyOf(BENCHMARKS.keySet()) : List.of(arguments);
        for (String name : names) {
            if (!BENCHMARKS.containsKey(name)) {
                System.err.println("lifeline: there is no benchmark '" + name + "'; there are: "
                        + String.join(", ", BENCHMARKS.keySet()));
                System.exit(2);
            }
        }
        Path module = Path.of(System.getProperty("lifeline.bench.directory", "bench"));
        for (String name : names) {
            try (Scratch scratch = Scratch.create()) {
                Benchmark.Settings settings = new Benchmark.Settings(
                        Objects.requireNonNull(module.toAbsolutePath().getParent()),
                        scratch.directory(),
                        module.resolve("target/lifeline-bench/peers"),
                        Integer.getInteger("lifeline.bench.repetitions", 3),
                        Double.parseDouble(System.getProperty("lifeline.bench.scale", "1")));
                Report.Section section =
                        Objects.requireNonNull(BENCHMARKS.get(name)).run(settings);
                new Report(module).write(name, section);
            }
        }
        System.exit(0);
    }
}
