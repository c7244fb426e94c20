package dev.lifeline.poller.whatif;

import dev.lifeline.poller.whatif.Outcome.Change;
import dev.lifeline.poller.whatif.Outcome.Example;
import dev.lifeline.poller.whatif.Outcome.Ruling;
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
     * @param file where the rules stand that were tried
     */
    public static List<String> of(Outcome outcome, String file) {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s in %s; %,d can be judged again.",
                counted(outcome.refusals(), "refusal"), counted(outcome.records(), "record"), outcome.judged()));
        if (outcome.ownFindings() > 0) {
            lines.add(format("%,d the poller found by itself: no rule has a say in them.", outcome.ownFindings()));
        }
        new TreeMap<>(outcome.lacking())
                .forEach((field, count) ->
                        lines.add(format("%,d can not be judged again: their events do not say %s.", count, field)));
        if (outcome.unreadable() > 0) {
            lines.add(format("%s could not be read.", counted(outcome.unreadable(), "record")));
        }
        if (outcome.unknown() > 0) {
            lines.add(format("%s of a later release passed over.", counted(outcome.unknown(), "record")));
        }
        if (!outcome.judgedBy().isEmpty()) {
            lines.add("They were judged by " + judgedBy(outcome) + ".");
        }
        lines.add("");
        String whose = file + " (version " + outcome.rules()
                + (outcome.rules().equals(outcome.rulesInForce()) ? ", the rules in force)" : ")");
        lines.add(
                outcome.changed() == 0
                        ? "By " + whose + " none would be judged otherwise."
                        : format("By %s %,d would be judged otherwise:", whose, outcome.changed()));
        outcome.changes().forEach(change -> lines.addAll(lines(change)));
        return lines;
    }

    private static String judgedBy(Outcome outcome) {
        return outcome.judgedBy().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(each -> format(
                        "version %s%s: %,d",
                        each.getKey(),
                        each.getKey().equals(outcome.rulesInForce()) ? " (in force)" : " (older)",
                        each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static List<String> lines(Change change) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(format(
                "%,6d  %s -> %s, by rule %s", change.count(), said(change.from()), said(change.to()), change.rule()));
        if (change.alreadyInForce() > 0) {
            lines.add(format(
                    "        %,d of them the rules in force judge so too; older ones judged them",
                    change.alreadyInForce()));
        }
        change.examples().forEach(example -> lines.add("        " + said(example)));
        return lines;
    }

    private static String said(Ruling ruling) {
        return ruling.failureClass() + " " + ruling.errorCode();
    }

    private static String said(Example example) {
        String answer = Stream.of(String.valueOf(example.httpStatus()), example.error(), example.errorSubtype())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return format(
                "%s-%d@%d  %s  %s of %s at %s: %s%s; was judged by %s of %s",
                example.at().topic(),
                example.at().partition(),
                example.at().offset(),
                example.time(),
                example.connectorName(),
                example.userId(),
                example.provider(),
                answer,
                example.description() == null ? "" : ", \"" + example.description() + "\"",
                example.rule(),
                example.rulesVersion());
    }

    private static String counted(long count, String what) {
        return format("%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
