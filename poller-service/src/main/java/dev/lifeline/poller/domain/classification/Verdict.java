package dev.lifeline.poller.domain.classification;

import dev.lifeline.events.FailureClass;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal means and why. Safe to publish, to log and to show: no field holds a credential.
 *
 * @param failureClass who has to act
 * @param errorCode short and stable; at most 64 of {@code A-Z a-z 0-9 _ . -}
 * @param retryAfter how long the provider asked to be left alone, up to an hour; null when it did not, or when waiting
 *     does not help
 * @param rule the name of the rule of the table that judged
 * @param why what the table says about that rule; null when it says nothing, or when no table judged
 * @param rulesVersion the version of that table
 * @param httpStatus the status of the answer; 0 when none came
 * @param error the error that the answer named (RFC 6749 section 5.2)
 * @param errorSubtype the provider's refinement of it
 * @param description what the answer said, sanitised: at most 300 characters, nothing that looks like a credential
 * @param kind by whose rules the answer was judged; null when there was no answer to judge
 * @param aadsts Microsoft's numbers, in the order in which they were met
 */
public record Verdict(
        FailureClass failureClass,
        String errorCode,
        @Nullable Duration retryAfter,
        String rule,
        @Nullable String why,
        String rulesVersion,
        int httpStatus,
        @Nullable String error,
        @Nullable String errorSubtype,
        @Nullable String description,
        @Nullable ProviderKind kind,
        List<String> aadsts) {

    /** The version of the rules of a verdict that no table gave, but the poller by itself. */
    public static final String OWN = "poller";

    private static final String ROTATION_LOST = "rotation_lost";

    public Verdict {
        aadsts = List.copyOf(aadsts);
    }

    /** Whether a code says that the refresh token may have been replaced by an answer that never arrived. */
    static boolean saysRotationLost(String errorCode) {
        return errorCode.equals(ROTATION_LOST);
    }

    /** The same refusal, but the refresh token may have been replaced by an answer that never arrived. */
    public Verdict rotationLost() {
        return new Verdict(
                failureClass,
                ROTATION_LOST,
                retryAfter,
                rule,
                why,
                rulesVersion,
                httpStatus,
                error,
                errorSubtype,
                description,
                kind,
                aadsts);
    }

    /** Whether waiting alone can not mend it. */
    public boolean permanent() {
        return failureClass.permanent();
    }
}
