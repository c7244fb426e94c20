package dev.lifeline.poller.explain;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.domain.classification.TokenOutcome;
import dev.lifeline.poller.domain.classification.Verdict;
import java.io.StringWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What is said about an answer.
 *
 * @param failureClass null when the answer granted a token
 * @param errorCode null when the answer granted a token
 * @param permanent whether waiting alone can not mend it
 * @param retryAfter how long the provider asked to be left alone; null when it did not
 * @param rule the rule that judged; {@code granted} when the answer granted a token
 * @param why what the table says about that rule
 * @param userSees the words on the user's card
 */
record Explanation(
        @Nullable FailureClass failureClass,
        @Nullable String errorCode,
        boolean permanent,
        @Nullable Duration retryAfter,
        String rule,
        @Nullable String why,
        String userSees) {
    private static final JsonFactory JSON = new JsonFactory();

    static Explanation of(TokenOutcome outcome) {
        return switch (outcome) {
            case TokenOutcome.Granted granted ->
                new Explanation(
                        null, null, false, null, "granted", "it gave a usable access token, and no error", "Connected");
            case TokenOutcome.Refused refused -> of(refused.verdict());
        };
    }

    private static Explanation of(Verdict verdict) {
        return new Explanation(
                verdict.failureClass(),
                verdict.errorCode(),
                verdict.permanent(),
                verdict.retryAfter(),
                verdict.rule(),
                verdict.why(),
                words(verdict.failureClass()));
    }

    private static String words(FailureClass failureClass) {
        return switch (failureClass) {
            case REAUTH -> "Needs reconnecting: access was revoked or has expired";
            case ADMIN -> "Your organisation's admin has to allow this";
            case CONFIG -> "We are fixing a problem on our side";
            case TRANSIENT -> "Retrying, the provider is not answering";
        };
    }

    String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("failureClass", failureClass == null ? null : failureClass.name());
            json.writeStringProperty("errorCode", errorCode);
            json.writeBooleanProperty("permanent", permanent);
            if (retryAfter == null) {
                json.writeNullProperty("retryAfterSeconds");
            } else {
                json.writeNumberProperty("retryAfterSeconds", retryAfter.toSeconds());
            }
            json.writeStringProperty("rule", rule);
            json.writeStringProperty("why", why);
            json.writeStringProperty("userSees", userSees);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** What is answered to a line that is none. */
    static String error(String message) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("error", message);
            json.writeEndObject();
        }
        return text.toString();
    }
}
