package dev.lifeline.projector.domain;

import dev.lifeline.events.Condition;
import dev.lifeline.events.FailureClass;
import org.jspecify.annotations.Nullable;

/**
 * How a connector is, and why: the three columns that a "-" in the {@link ConditionTable} keeps.
 *
 * @param failureClass who has to act; of a disabled connector REAUTH when its consent is gone, else absent
 * @param errorCode what was wrong, in the provider's word
 */
public record Verdict(
        Condition condition,
        @Nullable FailureClass failureClass,
        @Nullable String errorCode) {

    /** The one permanent refusal that concerns a single connector: its scope was not granted. */
    static final String INSUFFICIENT_SCOPE = "insufficient_scope";

    static final Verdict OK = new Verdict(Condition.OK, null, null);
    static final Verdict DISABLED = new Verdict(Condition.DISABLED, null, null);

    /** Whether only the user's consent can make this connector work. */
    boolean wantsConsent() {
        return failureClass == FailureClass.REAUTH;
    }

    /** Whether this tells that the whole grant is dead, rather than that one connector lacks its scope. */
    boolean tellsOfDeadGrant() {
        return wantsConsent() && !INSUFFICIENT_SCOPE.equals(errorCode);
    }

    /** Whether an overdue outcome makes this stale. */
    boolean canBecomeStale() {
        return condition == Condition.OK || condition == Condition.RETRYING;
    }

    Verdict stale() {
        return new Verdict(Condition.STALE, failureClass, errorCode);
    }

    /** What lies beneath staleness: class and code stay while nothing is heard. */
    Verdict beneathStaleness() {
        if (condition != Condition.STALE) {
            return this;
        }
        return failureClass == null ? OK : new Verdict(Condition.RETRYING, failureClass, errorCode);
    }

    Verdict disabled() {
        return wantsConsent() ? new Verdict(Condition.DISABLED, failureClass, errorCode) : DISABLED;
    }

    /** This without the memory that consent is gone, once there has been a newer one. */
    Verdict ofOlderConsent() {
        return condition == Condition.DISABLED ? DISABLED : this;
    }
}
