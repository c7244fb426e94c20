package dev.lifeline.bench.evaluate;

import dev.lifeline.bench.Benchmark;
import dev.lifeline.bench.Machine;
import dev.lifeline.bench.Report;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How many judgements one core makes in a second, by JMH. */
public final class EvaluateBenchmark implements Benchmark {

    private static final int WARM_UPS = 5;
    private static final int ITERATIONS = 5;
    private static final String JCASBIN = "1.55.0";
    private static final Map<String, String> PEERS = new TreeMap<>(Map.of(
            "Matching.jcasbinExpressions", "jCasbin: an expression each",
            "Matching.jcasbinFunctions", "jCasbin: rules as data, a function of ours compares"));

    @Override
    public Report.Section run(Settings settings) throws Exception {
        Map<String, String> machine = Machine.describe();
        var options = new OptionsBuilder()
                .include(getClass().getPackageName().replace(".", "\\.") + "\\..*")
                .mode(Mode.Throughput)
                .forks(1)
                .jvmArgs("-Xmx512m")
                .warmupIterations(WARM_UPS)
                .warmupTime(seconds(settings.scale()))
                .measurementIterations(Math.max(ITERATIONS, settings.repetitions()))
                .measurementTime(seconds(settings.scale()))
                .shouldFailOnError(true)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        List<Report.Line> lines = new ArrayList<>();
        for (String rules : List.of("0", "10", "100")) {
            lines.add(line(
                    "evaluate an action, " + rules + " rules, one core",
                    "Lifeline: all checks",
                    find(results, "Judging.lifeline", "rules", rules),
                    rules.equals("10") ? "(to reach: over 1 M/s)" : ""));
        }
        for (String rules : List.of("10", "100")) {
            match(results, rules, lines);
        }
        for (String bytes : List.of("100", "1000", "10000", "60000")) {
            lines.add(line(
                    "evaluate an action with " + bytes + " bytes of parameters, no rules, one core",
                    "Lifeline: next to all of it the injection scan",
                    find(results, "Scanning.lifeline", "bytes", bytes),
                    ""));
        }
        String part = settings.scale() == 1 ? "" : " Only " + settings.scale() + " of the time: a look, not a figure.";
        return new Report.Section(
                "Judgements a second on one core, by JMH: the mean of " + ITERATIONS + " iterations after warming up."
                        + part,
                machine,
                Map.of("JMH", "1.37", "jCasbin", JCASBIN),
                lines);
    }

    private static void match(Collection<RunResult> results, String rules, List<Report.Line> lines) {
        String work = "match " + rules + " rules none of which applies, one core";
        RunResult own = find(results, "Matching.lifeline", "rules", rules);
        lines.add(line(work, "Lifeline", own, ""));
        for (String name : PEERS.keySet()) {
            RunResult peer = find(results, name, "rules", rules);
            String ratio = String.format(Locale.ROOT, "%,.1f (to reach: 10)", score(own) / score(peer));
            lines.add(line(work, String.valueOf(PEERS.get(name)), peer, ratio));
        }
    }

    private static Report.Line line(String work, String who, RunResult result, String ratio) {
        List<Double> values = result.getBenchmarkResults().stream()
                .flatMap(each -> each.getIterationResults().stream())
                .map(each -> each.getPrimaryResult().getScore())
                .toList();
        return new Report.Line(work, who, String.format(Locale.ROOT, "%,.0f/s", score(result)), values, ratio);
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static RunResult find(Collection<RunResult> results, String name, String parameter, String value) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + name))
                .filter(result -> value.equals(result.getParams().getParam(parameter)))
                .findFirst()
                .orElseThrow();
    }

    private static TimeValue seconds(double scale) {
        return TimeValue.milliseconds(Math.max(50, Math.round(1_000 * scale)));
    }
}
