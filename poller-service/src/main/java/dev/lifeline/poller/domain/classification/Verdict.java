package dev.lifeline.poller.domain.classification;

import dev.lifeline.events.FailureClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal means and why. Safe to publish, to log and to show: no field holds a credential.
 *
 * @param failureClass who has to act
 * @param errorCode short and stable; at most 64 of {@code A-Z a-z 0-9 _ . -}
 * @param retryAfter how long the provider asked to be left alone, up to an hour; null when it did not, or when waiting
 *     does not help
 * @param rule the name of the rule of the table that judged
 * @param rulesVersion the version of that table
 * @param httpStatus the status of the answer; 0 when none came
 * @param error the error that the answer named (RFC 6749 section 5.2)
 * @param errorSubtype the provider's refinement of it
 * @param description what the answer said, sanitised: at most 300 characters, nothing that looks like a credential
 */
public record Verdict(
        FailureClass failureClass,
        String errorCode,
        @Nullable Duration retryAfter,
        String rule,
        String rulesVersion,
        int httpStatus,
        @Nullable String error,
        @Nullable String errorSubtype,
        @Nullable String description) {

    /** Whether waiting alone can not mend it. */
    public boolean permanent() {
        return failureClass.permanent();
    }
}
