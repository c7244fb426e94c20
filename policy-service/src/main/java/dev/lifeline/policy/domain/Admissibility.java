package dev.lifeline.policy.domain;

import dev.lifeline.events.Verdict;
import dev.lifeline.policy.domain.Decision.State;
import java.util.Optional;

/** Whether a decision that was just judged again may be admitted. */
public final class Admissibility {

    private Admissibility() {}

    /**
     * Why it may not; empty when it may.
     *
     * @param verdict as it was judged this moment; what the decision keeps may be older in what is no news to people
     * @param brakeUnread whether it is not known at this moment whether something is paused: then not even an approval
     *     helps, for it may have been given before a pause that has not been read
     */
    public static Optional<String> refusal(Decision decision, Verdict verdict, boolean brakeUnread) {
        if (decision.state() == State.OPEN) {
            return Optional.empty();
        }
        String reason = String.valueOf(verdict.reason());
        if (decision.state() != State.APPROVED) {
            return Optional.of(reason);
        }
        if (brakeUnread) {
            return Optional.of(PauseChecks.UNKNOWN);
        }
        return ConnectorCheck.holds(verdict) ? Optional.of(ConnectorCheck.CODE) : Optional.empty();
    }
}
