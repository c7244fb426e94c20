package dev.lifeline.policy.application;

import dev.lifeline.events.Action;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.policy.application.Judge.Judgement;
import dev.lifeline.policy.domain.Admissibility;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Decision.Admission;
import dev.lifeline.policy.domain.Decision.State;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The last question before the effect: may it be done now? The answer holds because whoever pauses waits until it has been
 * given, or has paused before it is: the transaction holds the control state shared, and pausing holds it exclusively. It is
 * given once; the executor that asks again, because the answer was lost, gets the same.
 */
public final class Admit {

    private final Ledgers ledgers;
    private final Judge judge;
    private final Revision revision;
    private final Expire expire;
    private final Clock clock;

    public Admit(Ledgers ledgers, Judge judge, Expire expire, Clock clock, Supplier<UUID> ids) {
        this.ledgers = ledgers;
        this.judge = judge;
        this.revision = new Revision(ids);
        this.expire = expire;
        this.clock = clock;
    }

    /** What an executor is told. */
    public sealed interface Answer {
        /** Do it. */
        record Admitted() implements Answer {}

        /**
         * Do not.
         *
         * @param state whether that is for good; a rule may deny, and another ask, for the same reason
         */
        record Refused(String reason, State state) implements Answer {}

        /** There is no such decision of this user's. */
        record Unknown() implements Answer {}
    }

    /**
     * Admits a decision of the user's, once.
     *
     * @throws UnavailableException when it can not be known; nothing is admitted then
     */
    public Answer admit(UUID userId, UUID decisionId, String executorId) {
        Instant now = clock.instant();
        return ledgers.inTransaction(ledger -> {
            Standing standing = ledger.hold(userId, now);
            return ledger.take(userId, decisionId)
                    .map(decision -> admit(ledger, standing, decision, executorId, now))
                    .orElseGet(Answer.Unknown::new);
        });
    }

    private Answer admit(Ledger ledger, Standing standing, Decision decision, String executorId, Instant now) {
        Admission given = decision.admission();
        if (given != null) {
            return given.executorId().equals(executorId) && decision.state() == State.ADMITTED
                    ? new Answer.Admitted()
                    : new Answer.Refused(
                            decision.state() == State.COMPLETED ? "completed" : "taken_by_another", decision.state());
        }
        if (!decision.state().live()) {
            return new Answer.Refused(
                    decision.state() == State.DENIED
                            ? String.valueOf(decision.verdict().reason())
                            : decision.state().wireName(),
                    decision.state());
        }
        if (!now.isBefore(decision.expiresAt())) {
            expire.expire(ledger, decision, now);
            return new Answer.Refused("expired", State.EXPIRED);
        }
        Judgement judgement = judge.judgeToSpend(ledger, decision.userId(), standing, decision.action(), now);
        Decision judged = revision.revise(ledger, decision, judgement, now);
        return Admissibility.refusal(judged, judgement.verdict(), judgement.brakeUnread())
                .<Answer>map(reason -> refuse(ledger, decision, judged, executorId, reason, now))
                .orElseGet(() -> admit(ledger, judged, judgement, executorId, now));
    }

    private static Answer admit(Ledger ledger, Decision decision, Judgement judgement, String executorId, Instant now) {
        long cents = reserved(decision.action());
        if (cents > 0) {
            ledger.spend(decision.userId(), judgement.day(), cents);
        }
        ledger.save(decision.admitted(new Admission(executorId, judgement.day(), cents, null, null)));
        UUID approvalId = decision.state() == State.APPROVED && decision.approval() != null
                ? decision.approval().approvalId()
                : null;
        ledger.tell(new ActionAdmitted(
                decision.userId(), decision.decisionId(), approvalId, executorId, cents, now, ledger.next()));
        return new Answer.Admitted();
    }

    private static Answer refuse(
            Ledger ledger, Decision before, Decision judged, String executorId, String reason, Instant now) {
        Decision refused = judged.refused(reason);
        // An executor may ask again and again; what is told twice is no news.
        if (!reason.equals(before.lastRefusal())) {
            ledger.tell(
                    new ActionRefused(refused.userId(), refused.decisionId(), executorId, reason, now, ledger.next()));
        }
        if (!refused.equals(before)) {
            ledger.save(refused);
        }
        return new Answer.Refused(reason, refused.state());
    }

    private static long reserved(Action action) {
        return action.estimatedCostCents() == null ? 0 : Math.max(0, action.estimatedCostCents());
    }
}
