package dev.lifeline.policy.application;

import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.rule.Wellformed;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Decision.Admission;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An executor says how an admitted action ended; what it cost is settled. */
public final class Complete {

    private final Ledgers ledgers;
    private final Clock clock;

    public Complete(Ledgers ledgers, Clock clock) {
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /** What an executor is told. */
    public enum Answer {
        NOTED,
        /** It was completed before, in another way. */
        OTHERWISE,
        NOT_ADMITTED,
        UNKNOWN
    }

    /**
     * Notes the outcome, once.
     *
     * @param actualCostCents absent: it cost what it was estimated at, or nothing when it failed
     */
    public Answer complete(UUID userId, UUID decisionId, Outcome outcome, @Nullable Long actualCostCents) {
        Wellformed.demandCost(actualCostCents);
        Instant now = clock.instant();
        return ledgers.inTransaction(ledger -> {
            return ledger.take(userId, decisionId)
                    .map(decision -> complete(ledger, decision, outcome, actualCostCents, now))
                    .orElse(Answer.UNKNOWN);
        });
    }

    private static Answer complete(
            Ledger ledger, Decision decision, Outcome outcome, @Nullable Long actual, Instant now) {
        Admission admission = decision.admission();
        if (admission == null) {
            return Answer.NOT_ADMITTED;
        }
        if (admission.outcome() != null) {
            boolean same = admission.outcome() == outcome && Objects.equals(admission.actualCostCents(), actual);
            return same ? Answer.NOTED : Answer.OTHERWISE;
        }
        long cost = actual != null ? actual : outcome == Outcome.FAILED ? 0 : admission.reservedCents();
        if (cost != admission.reservedCents()) {
            ledger.spend(decision.userId(), admission.day(), cost - admission.reservedCents());
        }
        ledger.save(decision.completed(
                new Admission(admission.executorId(), admission.day(), admission.reservedCents(), outcome, actual)));
        ledger.tell(new ActionCompleted(decision.userId(), decision.decisionId(), outcome, actual, now, ledger.next()));
        return Answer.NOTED;
    }
}
