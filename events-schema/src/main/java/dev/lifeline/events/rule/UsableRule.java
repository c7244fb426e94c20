package dev.lifeline.events.rule;

import dev.lifeline.events.Action;
import dev.lifeline.events.Effect;
import dev.lifeline.events.TrustTier;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule that was read, and can be tried on actions.
 *
 * @param number its place in its policy, from 0
 * @param values what the field is compared to: one, but for {@code in} and {@code not_in}; texts as {@link #comparable}
 * @param reason why, for people
 */
public record UsableRule(int number, Field field, Operator operator, Set<Object> values, Effect effect, String reason) {

    public UsableRule {
        values = Set.copyOf(values);
    }

    /** Whether it makes an exception from the rules behind it. */
    public boolean allows() {
        return effect == Effect.ALLOW;
    }

    /** Whether it applies. */
    public Match match(Action action, @Nullable TrustTier tier) {
        Object read = field.read(action, tier);
        if (read == null) {
            return Match.UNKNOWN;
        }
        Object found = read instanceof String text ? comparable(text) : read;
        return Match.of(
                switch (operator) {
                    case EQ, IN -> values.contains(found);
                    case NEQ, NOT_IN -> !values.contains(found);
                    case CONTAINS -> contains((String) found);
                    case GT -> compared((Long) found) > 0;
                    case GTE -> compared((Long) found) >= 0;
                    case LT -> compared((Long) found) < 0;
                    case LTE -> compared((Long) found) <= 0;
                });
    }

    /** A text as texts are compared: capitals make no other name, lest something be missed by one. */
    static String comparable(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private boolean contains(String found) {
        return found.contains((String) values.iterator().next());
    }

    private int compared(Long found) {
        return found.compareTo((Long) values.iterator().next());
    }
}
