package dev.lifeline.policy.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.Verdict.Finding;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Decision.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is told of a decision.
 *
 * @param reason the code of the finding that people see
 * @param state how far it is: {@code open} may be admitted, {@code approved} too, {@code waiting} waits for a person
 * @param approvalId what a person is or was asked under; absent while nobody's yes is needed
 */
record DecisionAnswer(
        UUID decisionId,
        Ruling verdict,
        @Nullable String reason,
        List<Finding> findings,
        @Nullable ConfirmationLevel confirmationLevel,
        String state,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID approvalId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant expiresAt) {

    static DecisionAnswer of(Decision decision) {
        return new DecisionAnswer(
                decision.decisionId(),
                decision.verdict().ruling(),
                decision.verdict().reason(),
                decision.verdict().findings(),
                decision.verdict().confirmationLevel(),
                decision.state().wireName(),
                decision.approval() == null || decision.state() == State.OPEN
                        ? null
                        : decision.approval().approvalId(),
                decision.state().live() ? decision.expiresAt() : null);
    }
}
