package dev.lifeline.poller.domain.classification;

import dev.lifeline.events.FailureClass;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table of rules.
 *
 * @param name what it is called in events and explanations
 * @param kind whose answers it judges; null for everybody's
 * @param field what of the answer it looks at
 * @param matches the values it is about, in lower case; {@code *} for any
 * @param code the code it gives; null for the one that the answer itself suggests
 * @param why what a person reads of it; null where the table says nothing
 */
record Rule(
        String name,
        @Nullable ProviderKind kind,
        Field field,
        Set<String> matches,
        FailureClass failureClass,
        @Nullable String code,
        @Nullable String why) {

    private static final int HTTP_UNAUTHORIZED = 401;

    /** What a rule can look at. */
    enum Field {
        STATUS,
        ERROR,
        ERROR_401,
        SUBTYPE,
        AADSTS,
        REASON,
        SAYS
    }

    Rule {
        matches = Set.copyOf(matches);
    }

    boolean judges(Evidence evidence, @Nullable String aadsts) {
        if (kind != null && kind != evidence.kind()) {
            return false;
        }
        return switch (field) {
            case STATUS -> matches.stream().anyMatch(range -> within(range, evidence.status()));
            case ERROR -> has(evidence.error());
            case ERROR_401 -> evidence.status() == HTTP_UNAUTHORIZED && has(evidence.error());
            case SUBTYPE -> has(evidence.subtype());
            case AADSTS -> has(aadsts);
            case REASON -> evidence.reasons().stream().anyMatch(this::has);
            case SAYS -> matches.stream().anyMatch(phrase -> says(evidence.said(), phrase));
        };
    }

    boolean has(@Nullable String value) {
        return value != null && (matches.contains(value) || matches.contains("*"));
    }

    private static boolean within(String range, int status) {
        int dash = range.indexOf('-');
        if (range.equals("*")) {
            return true;
        }
        return dash < 0
                ? Integer.parseInt(range) == status
                : Integer.parseInt(range.substring(0, dash)) <= status
                        && status <= Integer.parseInt(range.substring(dash + 1));
    }

    /** A phrase stands there as whole words, not within longer ones. */
    private static boolean says(String text, String phrase) {
        int at = text.indexOf(phrase);
        while (at >= 0) {
            if (!letterAt(text, at - 1) && !letterAt(text, at + phrase.length())) {
                return true;
            }
            at = text.indexOf(phrase, at + 1);
        }
        return false;
    }

    private static boolean letterAt(String text, int index) {
        return index >= 0
                && index < text.length()
                && (Character.isLetterOrDigit(text.charAt(index)) || text.charAt(index) == '_');
    }

    static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
