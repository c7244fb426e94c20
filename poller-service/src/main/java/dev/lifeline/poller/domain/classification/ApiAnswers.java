package dev.lifeline.poller.domain.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of a mail or calendar API means when it was not what was asked for. It never kills a grant: at worst one
 * connector lacks a scope. Understands the error objects of Google, Microsoft Graph, Slack and GitHub, and the challenge of
 * RFC 6750 section 3.
 */
public final class ApiAnswers {
    private static final Pattern CHALLENGE = Pattern.compile("(?i)\\berror=\"?([a-z_]{1,64})");
    private static final int MOST_REASONS = 20;

    private ApiAnswers() {}

    /** Judges an answer that is no success, or a success that could not be read. Total. */
    public static Verdict judge(Answer answer) {
        Map<String, Object> fields =
                answer.status() == Answer.NONE ? Map.of() : Body.fields(answer).orElseGet(Map::of);
        Set<String> credentials = Credentials.in(fields);
        List<String> reasons = reasons(answer, fields);
        String description = Json.text(fields, "error", "message");
        return RuleTable.API.judge(
                new Evidence(
                        answer.kind(),
                        answer.status(),
                        reasons.stream()
                                .map(reason -> Wording.code(
                                        reason, credentials, word -> RuleTable.API.knows(word, answer.kind())))
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null),
                        null,
                        List.of(),
                        reasons,
                        Wording.description(
                                description != null ? description : Json.text(fields, "message"), credentials)),
                RetryAfter.of(answer));
    }

    /** From the most to the least specific. */
    private static List<String> reasons(Answer answer, Map<String, Object> fields) {
        List<String> reasons = new ArrayList<>();
        for (String list : List.of("errors", "details")) {
            for (Object item : Json.array(fields, "error", list)) {
                if (item instanceof Map<?, ?> object) {
                    add(reasons, Json.text(object, "reason"));
                }
            }
        }
        add(reasons, Json.text(fields, "error", "status"));
        add(reasons, Json.text(fields, "error", "code"));
        add(reasons, Json.text(fields, "error"));
        for (String challenge : answer.header("WWW-Authenticate")) {
            Matcher matcher = CHALLENGE.matcher(challenge);
            add(reasons, matcher.find() ? matcher.group(1) : null);
        }
        return reasons;
    }

    private static void add(List<String> reasons, @Nullable String reason) {
        if (reason != null && reason.length() <= Wording.LONGEST_CODE && reasons.size() < MOST_REASONS) {
            reasons.add(reason.strip().toLowerCase(Locale.ROOT));
        }
    }
}
