package dev.lifeline.policy.application;

import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Verdict;
import dev.lifeline.policy.application.Judge.Judgement;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Decision.Approval;
import dev.lifeline.policy.domain.Decision.State;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** Brings a decision up to a new judgement: asks a person, asks for more, asks no more. */
final class Revision {

    private final Supplier<UUID> ids;

    Revision(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /** Judges anew what may still be admitted, and tells what has changed; what may not stays as it is. Saves nothing. */
    Decision again(Ledger ledger, Judge judge, Standing standing, Decision decision, Instant now) {
        return decision.state().live() && now.isBefore(decision.expiresAt())
                ? revise(ledger, decision, judge.judge(standing, decision.action(), now), now)
                : decision;
    }

    /** Of a live decision, or of one that was just made. Tells what has changed; saves nothing. */
    Decision revise(Ledger ledger, Decision before, Judgement judgement, Instant now) {
        Decision decision = before;
        if (before.differsFrom(judgement.verdict())) {
            decision = before.judgedAgain(judgement.verdict());
        }
        Decision after = settle(ledger, decision, judgement, now);
        if (after.revision() != before.revision()) {
            tellVerdict(ledger, after, judgement);
        }
        tellRequest(ledger, before, after, now);
        return after;
    }

    /** Tells of a decision that was just made. */
    Decision begin(Ledger ledger, Decision made, Judgement judgement, Instant now) {
        Decision decision = settle(ledger, made, judgement, now);
        tellVerdict(ledger, decision, judgement);
        tellRequest(ledger, made, decision, now);
        return decision;
    }

    private Decision settle(Ledger ledger, Decision decision, Judgement judgement, Instant now) {
        Verdict verdict = judgement.verdict();
        return switch (verdict.ruling()) {
            case AUTO_EXECUTE -> {
                if (decision.state() == State.WAITING) {
                    withdraw(ledger, decision, "no_longer_needed");
                }
                yield decision.state() == State.WAITING ? decision.in(State.OPEN) : decision;
            }
            case DENY -> {
                if (decision.state() != State.OPEN) {
                    withdraw(ledger, decision, "denied");
                }
                yield decision.in(State.DENIED);
            }
            case REQUIRE_APPROVAL ->
                ask(ledger, decision, Objects.requireNonNull(verdict.confirmationLevel()), judgement, now);
        };
    }

    private Decision ask(Ledger ledger, Decision decision, ConfirmationLevel level, Judgement judgement, Instant now) {
        Approval asked = decision.approval();
        if (decision.approved(level, judgement.voidedUpTo())) {
            return decision.in(State.APPROVED);
        }
        if (decision.state() == State.WAITING && asked != null) {
            return level.compareTo(asked.level()) > 0 ? decision.with(asked.at(level)) : decision;
        }
        if (decision.state() == State.APPROVED) {
            withdraw(ledger, decision, "voided");
        }
        Approval request = new Approval(ids.get(), level, null, null);
        return decision.asked(request, now.plus(decision.action().urgency().patience()));
    }

    private static void withdraw(Ledger ledger, Decision decision, String reason) {
        Approval asked = decision.approval();
        if (asked != null) {
            ledger.tell(new ApprovalWithdrawn(
                    decision.userId(), decision.decisionId(), asked.approvalId(), reason, ledger.next()));
        }
    }

    private static void tellVerdict(Ledger ledger, Decision decision, Judgement judgement) {
        ledger.tell(new ActionDecided(
                decision.userId(),
                decision.decisionId(),
                decision.action(),
                decision.actionHash(),
                judgement.verdict(),
                judgement.circumstances(),
                decision.revision(),
                decision.expiresAt(),
                ledger.next()));
    }

    private static void tellRequest(Ledger ledger, Decision before, Decision after, Instant now) {
        Approval asked = after.approval();
        if (after.state() != State.WAITING || asked == null || asked.equals(before.approval())) {
            return;
        }
        ledger.tell(new ApprovalRequested(
                after.userId(),
                after.decisionId(),
                asked.approvalId(),
                after.actionHash(),
                asked.level(),
                after.verdict().reason(),
                now,
                after.expiresAt(),
                ledger.next()));
    }
}
