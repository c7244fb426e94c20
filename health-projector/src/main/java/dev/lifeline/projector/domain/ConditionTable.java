package dev.lifeline.projector.domain;

import dev.lifeline.events.Condition;
import dev.lifeline.events.FailureClass;
import dev.lifeline.projector.domain.Happening.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Which condition follows from which, as people read it.
 *
 * <p>So nothing but a new consent ends {@code needs_reauth}: a poll that was in flight when the grant died can not turn
 * the banner green. {@code needs_admin} and {@code operator_fault} end with the first success. A disabled connector
 * remembers the death of its grant, so that enabling it does not make it look well.
 *
 * <p>Which events get as far as this table at all is decided by generation and attempt, in {@link ConnectorFold}.
 */
final class ConditionTable {

    // "-" keeps condition, class and code; "remember" and "forget" keep the condition and set, or drop, the memory that
    // consent is gone; "resume" is needs_reauth with such a memory, else ok. Stale counts as ok.
    private static final String TABLE = """
            event            | ok             | retrying       | needs_reauth | needs_admin    | operator_fault | disabled
            polled           | ok             | ok             | -            | ok             | ok             | -
            failed_transient | retrying       | retrying       | -            | -              | -              | -
            failed_reauth    | needs_reauth   | needs_reauth   | -            | needs_reauth   | needs_reauth   | remember
            failed_admin     | needs_admin    | needs_admin    | -            | -              | needs_admin    | -
            failed_config    | operator_fault | operator_fault | -            | operator_fault | -              | -
            consented        | ok             | ok             | ok           | ok             | ok             | forget
            disabled         | disabled       | disabled       | disabled     | disabled       | disabled       | -
            enabled          | -              | -              | -            | -              | -              | resume
            removed          | -              | -              | -            | -              | -              | -
            """;

    private enum Cell {
        OK,
        RETRYING,
        NEEDS_REAUTH,
        NEEDS_ADMIN,
        OPERATOR_FAULT,
        DISABLED,
        REMEMBER,
        FORGET,
        RESUME,
        KEEP
    }

    private static final Map<Kind, Map<Condition, Cell>> CELLS = parse();

    private ConditionTable() {}

    /** The verdict on a connector after something happened to it. */
    static Verdict next(Verdict now, Happening happening) {
        return switch (cell(happening.kind(), now.condition())) {
            case OK -> Verdict.OK;
            case RETRYING -> failed(Condition.RETRYING, happening);
            case NEEDS_REAUTH -> failed(Condition.NEEDS_REAUTH, happening);
            case NEEDS_ADMIN -> failed(Condition.NEEDS_ADMIN, happening);
            case OPERATOR_FAULT -> failed(Condition.OPERATOR_FAULT, happening);
            case DISABLED -> now.disabled();
            case REMEMBER -> now.tellsOfDeadGrant() ? now : failed(Condition.DISABLED, happening);
            case FORGET -> Verdict.DISABLED;
            case RESUME ->
                now.wantsConsent()
                        ? new Verdict(Condition.NEEDS_REAUTH, FailureClass.REAUTH, now.errorCode())
                        : Verdict.OK;
            case KEEP -> now.beneathStaleness();
        };
    }

    private static Verdict failed(Condition condition, Happening happening) {
        return new Verdict(condition, happening.failureClass(), happening.errorCode());
    }

    private static Cell cell(Kind kind, Condition condition) {
        Condition column = condition == Condition.STALE ? Condition.OK : condition;
        return Objects.requireNonNull(Objects.requireNonNull(CELLS.get(kind)).get(column));
    }

    private static Map<Kind, Map<Condition, Cell>> parse() {
        Map<Kind, Map<Condition, Cell>> cells = new EnumMap<>(Kind.class);
        List<String[]> lines =
                TABLE.lines().map(line -> line.strip().split("\\s*\\|\\s*")).toList();
        String[] head = lines.getFirst();
        for (String[] line : lines.subList(1, lines.size())) {
            Map<Condition, Cell> row = new EnumMap<>(Condition.class);
            for (int column = 1; column < head.length; column++) {
                row.put(Condition.ofWireName(head[column]), cell(line[column]));
            }
            cells.put(Kind.valueOf(line[0].toUpperCase(Locale.ROOT)), row);
        }
        return cells;
    }

    private static Cell cell(String text) {
        return text.equals("-") ? Cell.KEEP : Cell.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
