package dev.lifeline.policy.application;

import dev.lifeline.events.ActionEvent.ActionExpired;
import dev.lifeline.events.ActionEvent.ApprovalExpired;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Decision.State;
import java.time.Instant;

/** Ends what nobody answered, or nobody did, in time. */
public final class Expire {

    /** Ends a live decision. */
    public void expire(Ledger ledger, Decision decision, Instant now) {
        ledger.save(decision.in(State.EXPIRED));
        if (decision.state() == State.WAITING && decision.approval() != null) {
            ledger.tell(new ApprovalExpired(
                    decision.userId(),
                    decision.decisionId(),
                    decision.approval().approvalId(),
                    now,
                    ledger.next()));
        } else {
            ledger.tell(new ActionExpired(decision.userId(), decision.decisionId(), now, ledger.next()));
        }
    }
}
