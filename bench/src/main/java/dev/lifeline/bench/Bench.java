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

    /** A benchmark, with its peers. */
    public interface Benchmark {

        /** Runs; prints how it gets on. */
        Report.Section run(Settings settings) throws Exception;
    }

    /**
     * What a run is given.
     *
     * @param root the directory of the script {@code lifeline}
     * @param scratch a directory for data, empty
     * @param peers where the peers' libraries are
     * @param repetitions how often each contestant runs; the median counts
     * @param scale what part of the work is done; 1 for figures that count
     */
    public record Settings(Path root, Path scratch, Path peers, int repetitions, double scale) {}

    /** Where and when figures are taken. */
    public static Map<String, String> machine() {
        return Machine.describe();
    }

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
                Settings settings = new Settings(
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
