package dev.lifeline.policy.whatif;

import dev.lifeline.policy.whatif.Outcome.Change;
import dev.lifeline.policy.whatif.Outcome.Decided;
import dev.lifeline.policy.whatif.Outcome.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An outcome as a person reads it. */
public final class Report {

    private Report() {}

    /**
     * The lines.
     *
     * @param file where the policies stand that were tried
     */
    public static List<String> of(Outcome outcome, String file) {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s about actions of %s in %s; %,d can be judged again.",
                counted(outcome.decisions(), "verdict"),
                outcome.userId(),
                counted(outcome.records(), "record"),
                outcome.judged()));
        new TreeMap<>(outcome.lacking())
                .forEach((writing, count) -> lines.add(format(
                        "%,d can not be judged again: %s is not in the log, or not understood.", count, writing)));
        if (outcome.unreadable() > 0) {
            lines.add(format("%s could not be read.", counted(outcome.unreadable(), "record")));
        }
        if (outcome.unknown() > 0) {
            lines.add(format("%s of a later release passed over.", counted(outcome.unknown(), "record")));
        }
        outcome.judgedBy().entrySet().stream()
                .filter(each -> !each.getKey().equals(outcome.checksInForce()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> lines.add(format(
                        "%,d were judged by checks of version %s; those of version %s judged them again, so that not every"
                                + " change need be the policies'.",
                        each.getValue(), each.getKey(), outcome.checksInForce())));
        lines.add("");
        lines.add(
                outcome.changed() == 0
                        ? "By " + file + " none would be judged otherwise."
                        : format(
                                "By %s %,d would be judged otherwise, %,d more strictly, %,d less:",
                                file, outcome.changed(), outcome.stricter(), outcome.looser()));
        outcome.changes().forEach(change -> lines.addAll(lines(change)));
        return lines;
    }

    private static List<String> lines(Change change) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(format("%,6d  %s -> %s", change.count(), said(change.from()), said(change.to())));
        change.examples().forEach(example -> lines.add("        " + said(example)));
        return lines;
    }

    private static String said(Decided decided) {
        String how = Stream.of(
                        decided.confirmationLevel() == null
                                ? null
                                : decided.confirmationLevel().wireName(),
                        decided.reason())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return decided.ruling().wireName() + (how.isEmpty() ? "" : " (" + how + ")");
    }

    private static String said(Example example) {
        String rules = example.rules().stream()
                .map(rule -> "rule " + rule.rule() + " of policy " + rule.policyId())
                .collect(Collectors.joining(", "));
        return format(
                "%s-%d@%d  %s  %s in %s, decision %s%s",
                example.at().topic(),
                example.at().partition(),
                example.at().offset(),
                example.time(),
                example.actionType(),
                example.domain(),
                example.decisionId(),
                rules.isEmpty() ? "; no rule applies" : "; " + rules);
    }

    private static String counted(long count, String what) {
        return format("%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
