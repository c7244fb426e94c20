package dev.lifeline.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of the actions that agents proposed. On {@code lifeline.action.events}, keyed by user id, what concerns one
 * decision in order. An event tells the state as it stands after it, so that one that comes twice changes nothing.
 *
 * <p>{@code sequence} is that of {@link AutonomyEvent}.
 */
public sealed interface ActionEvent extends Message {

    /** The decision about one action; the action is judged again now and then, the decision stays the same. */
    UUID decisionId();

    long sequence();

    /** An event about one request for approval. */
    sealed interface OfApproval extends ActionEvent {
        UUID approvalId();
    }

    /**
     * An action was judged, for the first time or again.
     *
     * @param actionHash SHA-256 of the action, in hexadecimal; what is approved is this
     * @param circumstances what it was judged by
     * @param revision starts at 1, and rises when judging again came to something else
     * @param expiresAt until when it may be admitted
     */
    @MessageType("lifeline.action-decided.v1")
    record ActionDecided(
            UUID userId,
            UUID decisionId,
            Action action,
            String actionHash,
            Verdict verdict,
            Circumstances circumstances,
            int revision,
            Instant expiresAt,
            long sequence)
            implements ActionEvent {}

    /** A person is asked; asked again under the same id when more is needed than before. */
    @MessageType("lifeline.approval-requested.v1")
    record ApprovalRequested(
            UUID userId,
            UUID decisionId,
            UUID approvalId,
            String actionHash,
            ConfirmationLevel confirmationLevel,
            @Nullable String reason,
            Instant requestedAt,
            Instant expiresAt,
            long sequence)
            implements OfApproval {}

    /**
     * A person has said yes once, where twice is needed.
     *
     * @param commandId the command that this answers
     * @param confirmationToken what the second yes has to bring
     * @param notBefore the earliest time for it
     */
    @MessageType("lifeline.confirmation-required.v1")
    record ConfirmationRequired(
            UUID userId,
            UUID decisionId,
            UUID approvalId,
            UUID commandId,
            UUID confirmationToken,
            Instant notBefore,
            long sequence)
            implements OfApproval {}

    /** A person has said yes. */
    @MessageType("lifeline.approval-granted.v1")
    record ApprovalGranted(
            UUID userId, UUID decisionId, UUID approvalId, UUID commandId, UUID actor, Instant grantedAt, long sequence)
            implements OfApproval {}

    /** A person has said no. */
    @MessageType("lifeline.approval-rejected.v1")
    record ApprovalRejected(
            UUID userId,
            UUID decisionId,
            UUID approvalId,
            UUID commandId,
            UUID actor,
            @Nullable @Personal String reason,
            Instant rejectedAt,
            long sequence)
            implements OfApproval {}

    /** Nobody answered in time; the action is not done. */
    @MessageType("lifeline.approval-expired.v1")
    record ApprovalExpired(UUID userId, UUID decisionId, UUID approvalId, Instant expiredAt, long sequence)
            implements OfApproval {}

    /**
     * A request for approval, or an approval, counts no more.
     *
     * @param reason short, for programs: {@code no_longer_needed}, {@code denied}, {@code voided}
     */
    @MessageType("lifeline.approval-withdrawn.v1")
    record ApprovalWithdrawn(UUID userId, UUID decisionId, UUID approvalId, String reason, long sequence)
            implements OfApproval {}

    /**
     * An action may be done now, by that executor, once.
     *
     * @param approvalId by whose approval; absent when none was needed
     * @param reservedCents what it takes from the day's limit until it is completed
     */
    @MessageType("lifeline.action-admitted.v1")
    record ActionAdmitted(
            UUID userId,
            UUID decisionId,
            @Nullable UUID approvalId,
            String executorId,
            long reservedCents,
            Instant admittedAt,
            long sequence)
            implements ActionEvent {}

    /**
     * An action was asked to be admitted, and was not.
     *
     * @param reason short, for programs
     */
    @MessageType("lifeline.action-refused.v1")
    record ActionRefused(
            UUID userId, UUID decisionId, String executorId, String reason, Instant refusedAt, long sequence)
            implements ActionEvent {}

    /** An action that needed nobody's answer, or had it, was not admitted in time; it is not done. */
    @MessageType("lifeline.action-expired.v1")
    record ActionExpired(UUID userId, UUID decisionId, Instant expiredAt, long sequence) implements ActionEvent {}

    /** An admitted action has ended. */
    @MessageType("lifeline.action-completed.v1")
    record ActionCompleted(
            UUID userId,
            UUID decisionId,
            Outcome outcome,
            @Nullable Long actualCostCents,
            Instant completedAt,
            long sequence)
            implements ActionEvent {}
}
