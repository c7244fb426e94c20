package dev.lifeline.bench.fold;

import dev.lifeline.bench.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events a second, of several runs. */
record Figures(List<Double> values) {

    /** Runs; a first run only warms up, and does not count. */
    static Figures of(Arena arena, Workload workload, Contestant contestant, int repetitions) throws Exception {
        System.out.println("  " + contestant.name());
        contestant.run(arena, workload);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            double value = contestant.run(arena, workload);
            System.out.printf(Locale.ROOT, "    %,.0f events/s%n", value);
            values.add(value);
        }
        return new Figures(values);
    }

    double median() {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    Report.Line line(Workload workload, String who, String ratio) {
        return new Report.Line(
                workload.name(), who, String.format(Locale.ROOT, "%,.0f events/s", median()), values, ratio);
    }
}
