package dev.lifeline.policy.application;

import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRejected;
import dev.lifeline.events.ActionEvent.ConfirmationRequired;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.ApproveAction;
import dev.lifeline.events.AutonomyCommand.RejectAction;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.rule.Wellformed;
import dev.lifeline.policy.application.Judge.Judgement;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Decision.Answer;
import dev.lifeline.policy.domain.Decision.Approval;
import dev.lifeline.policy.domain.Decision.Confirmation;
import dev.lifeline.policy.domain.Decision.State;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A person's yes and no. */
final class ApprovalCommands {

    /** What lies at least between two confirmations. */
    static final Duration MOMENT = Duration.ofSeconds(2);

    /** Where saying yes once more is answered as it was the first time. */
    private static final Set<State> STILL_APPROVED =
            EnumSet.of(State.WAITING, State.OPEN, State.APPROVED, State.ADMITTED, State.COMPLETED);

    /** Where a no counts, whether or not a person is still asked: nothing has been done yet. */
    private static final Set<State> STILL_REJECTABLE = EnumSet.of(State.OPEN, State.APPROVED, State.REJECTED);

    private final Judge judge;
    private final Revision revision;
    private final Expire expire;

    ApprovalCommands(Judge judge, Expire expire, Supplier<UUID> ids) {
        this.judge = judge;
        this.revision = new Revision(ids);
        this.expire = expire;
    }

    List<AutonomyEvent> approve(Ledger ledger, ApproveAction command, Instant at) {
        Decision decision = find(ledger, command, command.approvalId());
        Approval asked = Objects.requireNonNull(decision.approval());
        if (command.actionHash() != null && !command.actionHash().equals(decision.actionHash())) {
            throw new RejectedException("changed", "The action is not the one that was shown; look at it again.");
        }
        Standing standing = ledger.standing(decision.userId(), at);
        Judgement judgement = judge.judge(standing, decision.action(), at);
        Answer before = asked.answer();
        // A pause since has voided that yes, so it is asked for as if there were none.
        boolean voided =
                before != null && decision.state() == State.APPROVED && before.sequence() <= judgement.voidedUpTo();
        if (before != null && !voided && STILL_APPROVED.contains(decision.state())) {
            granted(ledger, decision, before, command);
            return List.of();
        }
        if (!voided && demandWaiting(ledger, decision, at).state() == State.EXPIRED) {
            throw new RejectedException("expired", "It was not answered in time.");
        }
        if (judgement.verdict().ruling() == Ruling.DENY) {
            Decision denied = revision.revise(ledger, decision, judgement, at);
            ledger.save(denied);
            throw new RejectedException(
                    "denied",
                    "It is not allowed any more: " + judgement.verdict().reason() + ".");
        }
        if (at.isBefore(Judge.lastPaused(standing, decision.action()))) {
            throw new RejectedException(
                    "paused_meanwhile", "The operator has paused it since you said yes; look at it again.");
        }
        confirm(ledger, raised(decision, judgement), command, at);
        return List.of();
    }

    List<AutonomyEvent> reject(Ledger ledger, RejectAction command, Instant at) {
        Wellformed.demandReason(command.reason());
        Decision decision = find(ledger, command, command.approvalId());
        Approval asked = Objects.requireNonNull(decision.approval());
        if (!STILL_REJECTABLE.contains(decision.state())
                && demandWaiting(ledger, decision, at).state() == State.EXPIRED) {
            throw new RejectedException("expired", "It was not answered in time.");
        }
        Answer no = decision.state() == State.REJECTED ? asked.answer() : null;
        if (no == null) {
            no = new Answer(at, ledger.next());
            ledger.save(decision.with(asked.answered(no)).in(State.REJECTED));
        }
        ledger.tell(new ApprovalRejected(
                decision.userId(),
                decision.decisionId(),
                asked.approvalId(),
                command.commandId(),
                command.actor(),
                command.reason(),
                no.at(),
                no.sequence()));
        return List.of();
    }

    private void confirm(Ledger ledger, Decision decision, ApproveAction command, Instant at) {
        Approval asked = Objects.requireNonNull(decision.approval());
        Confirmation first = asked.confirmation();
        if (asked.level() == ConfirmationLevel.DUAL && command.confirmationToken() == null) {
            Confirmation confirmation = first != null ? first : new Confirmation(command.commandId(), at.plus(MOMENT));
            ledger.save(decision.with(asked.confirmed(confirmation)));
            ledger.tell(new ConfirmationRequired(
                    decision.userId(),
                    decision.decisionId(),
                    asked.approvalId(),
                    command.commandId(),
                    confirmation.token(),
                    confirmation.notBefore(),
                    ledger.next()));
            return;
        }
        if (asked.level() == ConfirmationLevel.DUAL) {
            demandSecond(first, command, at);
        }
        Answer yes = new Answer(at, ledger.next());
        ledger.save(decision.with(asked.answered(yes)).in(State.APPROVED));
        granted(ledger, decision, yes, command);
    }

    private static void demandSecond(@Nullable Confirmation first, ApproveAction command, Instant at) {
        if (first == null || !first.token().equals(command.confirmationToken())) {
            throw new RejectedException(
                    "wrong_token",
                    "confirmationToken is not that of the first confirmation; approve without it first.");
        }
        if (at.isBefore(first.notBefore())) {
            throw new RejectedException(
                    "too_soon", "Two confirmations take a moment between; wait, and confirm again.");
        }
    }

    /** What it takes may have grown since a person was asked. */
    private static Decision raised(Decision decision, Judgement judgement) {
        Approval asked = Objects.requireNonNull(decision.approval());
        ConfirmationLevel needed = judgement.verdict().confirmationLevel();
        return needed != null && needed.compareTo(asked.level()) > 0 ? decision.with(asked.at(needed)) : decision;
    }

    private static Decision find(Ledger ledger, AutonomyCommand command, UUID approvalId) {
        return ledger.takeByApproval(approvalId)
                .filter(decision -> decision.userId().equals(command.userId()))
                .orElseThrow(() -> new RejectedException("unknown", "Nobody is asked about that, or not any more."));
    }

    /** The decision as it waits, or as it has expired just now. */
    private Decision demandWaiting(Ledger ledger, Decision decision, Instant at) {
        if (decision.state() == State.WAITING && !at.isBefore(decision.expiresAt())) {
            expire.expire(ledger, decision, at);
            return decision.in(State.EXPIRED);
        }
        return switch (decision.state()) {
            case WAITING, EXPIRED -> decision;
            case OPEN -> throw new RejectedException("no_longer_needed", "It needs no approval any more.");
            case DENIED -> throw new RejectedException("denied", "It is not allowed any more.");
            case REJECTED -> throw new RejectedException("rejected", "It was rejected.");
            case APPROVED, ADMITTED, COMPLETED ->
                throw new RejectedException("admitted", "It has been approved and may have been done.");
        };
    }

    private static void granted(Ledger ledger, Decision decision, Answer yes, ApproveAction command) {
        ledger.tell(new ApprovalGranted(
                decision.userId(),
                decision.decisionId(),
                command.approvalId(),
                command.commandId(),
                command.actor(),
                yes.at(),
                yes.sequence()));
    }
}
