package dev.lifeline.poller.domain.classification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of a token endpoint means (RFC 6749 sections 5.1 and 5.2, and what providers make of them). An error is
 * looked for before a token, since some providers answer 200 with an error. What can not be understood proves nothing.
 */
public final class TokenEndpointAnswers {
    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{1,16384}");
    private static final Pattern AADSTS = Pattern.compile("(?i)AADSTS(\\d{4,10})(?!\\d)");
    private static final Pattern NUMBER = Pattern.compile("\\d{4,10}");
    private static final Set<String> RPC_STATUS = Set.of(
            "RESOURCE_EXHAUSTED", "UNAVAILABLE", "INTERNAL", "DEADLINE_EXCEEDED", "ABORTED", "CANCELLED", "UNKNOWN");
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);
    private static final int MOST_NUMBERS = 20;

    private TokenEndpointAnswers() {}

    /** Judges by the rules that are in force. Total: no answer whatever makes it throw. */
    public static TokenOutcome judge(Answer answer) {
        return judge(answer, RuleTable.TOKEN_ENDPOINT);
    }

    /** Judges by other rules. */
    public static TokenOutcome judge(Answer answer, RuleTable rules) {
        Map<String, Object> fields =
                answer.status() == Answer.NONE ? Map.of() : Body.fields(answer).orElseGet(Map::of);
        Object error = fields.getOrDefault("error", Json.NULL);
        boolean success = answer.status() >= 200 && answer.status() <= 299;
        boolean refused = !blank(error) || Boolean.FALSE.equals(fields.get("ok"));
        String accessToken = usable(fields.get("access_token"));
        if (success && !refused && accessToken != null) {
            return new TokenOutcome.Granted(tokens(fields, accessToken));
        }
        return new TokenOutcome.Refused(rules.judge(evidence(answer, fields, rules), RetryAfter.of(answer)));
    }

    private static Evidence evidence(Answer answer, Map<String, Object> fields, RuleTable rules) {
        Set<String> credentials = Credentials.in(fields);
        Predicate<String> known = word -> rules.knows(word, answer.kind());
        String description = firstText(fields, "error_description", "error_message", "message");
        if (description == null) {
            description = Json.text(fields, "error", "message");
        }
        return new Evidence(
                answer.kind(),
                answer.status(),
                error(fields, credentials, known, word -> rules.names(word, answer.kind())),
                Wording.code(firstText(fields, "error_subtype", "suberror"), credentials, known),
                answer.kind() == ProviderKind.MICROSOFT ? aadsts(fields) : List.of(),
                List.of(),
                Wording.description(description, credentials));
    }

    /** The error; where there is none, what stands where providers put it that have an envelope of their own. */
    private static @Nullable String error(
            Map<String, Object> fields, Set<String> credentials, Predicate<String> known, Predicate<String> named) {
        Object error = fields.getOrDefault("error", Json.NULL);
        if (error instanceof String text && !text.isBlank()) {
            return Wording.code(text, credentials, known);
        }
        if (!blank(error)) {
            return status(error);
        }
        Stream<@Nullable String> listed = Json.array(fields, "errors").stream()
                .limit(1)
                .map(first -> first instanceof Map<?, ?> object ? Json.text(object, "errorType") : null);
        return Stream.concat(Stream.of("errorCode", "status").map(name -> Json.text(fields, name)), listed)
                .map(name -> Wording.code(name, credentials, known))
                .filter(name -> name != null && named.test(name))
                .findFirst()
                .orElse(null);
    }

    /** An error that is no text proves nothing; the object that Google's APIs answer with at least has a name. */
    private static @Nullable String status(Object error) {
        String status = error instanceof Map<?, ?> object ? Json.text(object, "status") : null;
        return status != null && RPC_STATUS.contains(status) ? status.toLowerCase(Locale.ROOT) : null;
    }

    private static List<String> aadsts(Map<String, Object> fields) {
        Set<String> numbers = new LinkedHashSet<>();
        for (Object code : Json.array(fields, "error_codes")) {
            String text = code instanceof Json.Numeral number ? number.text() : String.valueOf(code);
            if (NUMBER.matcher(text).matches()) {
                numbers.add(text);
            }
        }
        for (String name : List.of("error_description", "error", "suberror")) {
            String text = Json.text(fields, name);
            if (text != null) {
                AADSTS.matcher(text).results().limit(MOST_NUMBERS).forEach(found -> numbers.add(found.group(1)));
            }
        }
        return new ArrayList<>(numbers);
    }

    private static Tokens tokens(Map<String, Object> fields, String accessToken) {
        return new Tokens(
                accessToken,
                usable(fields.get("refresh_token")),
                seconds(fields.get("expires_in")),
                scopes(fields.get("scope")),
                usable(fields.get("id_token")));
    }

    private static @Nullable String usable(@Nullable Object token) {
        return token instanceof String text && USABLE.matcher(text).matches() ? text : null;
    }

    private static @Nullable Duration seconds(@Nullable Object expiresIn) {
        String text = expiresIn instanceof Json.Numeral number
                ? number.text()
                : String.valueOf(expiresIn).strip();
        try {
            double seconds = Double.parseDouble(text);
            return seconds >= 0
                    ? Duration.ofSeconds((long) Math.min(seconds, (double) LONGEST_LIFE.toSeconds()))
                    : null;
        } catch (NumberFormatException notSaid) {
            return null;
        }
    }

    private static @Nullable Set<String> scopes(@Nullable Object scope) {
        return scope instanceof String text && !text.isBlank()
                ? Arrays.stream(text.strip().split("[\\s,]+")).collect(Collectors.toUnmodifiableSet())
                : null;
    }

    private static @Nullable String firstText(Map<String, Object> fields, String... names) {
        return Arrays.stream(names)
                .map(name -> Json.text(fields, name))
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    private static boolean blank(Object error) {
        return Json.NULL.equals(error)
                || Boolean.FALSE.equals(error)
                || (error instanceof String text && text.isBlank());
    }
}
