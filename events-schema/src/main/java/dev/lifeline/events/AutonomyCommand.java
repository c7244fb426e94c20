package dev.lifeline.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user, or the operator, asked of policy-service. On {@code lifeline.autonomy.commands}, in the order in which it was
 * asked; written only by query-api, answered with an event that carries the same {@code commandId}, or with {@link
 * AutonomyEvent.CommandRejected}. A command that arrives twice has the effect of one.
 *
 * <p>What the operator asks for everybody names {@link Operator#ID} as its user, and has the key {@value Operator#KEY}.
 */
public sealed interface AutonomyCommand extends Message {

    /** Names this command; its answer carries it. */
    UUID commandId();

    /** Who asked; checked again by whoever carries the command out. */
    UUID actor();

    /** The role in which the actor asked. */
    ActorRole actorRole();

    @Override
    default String key() {
        return Operator.keyOf(userId());
    }

    /** Do nothing by itself any more. The user's own pause is of everything. */
    @MessageType("lifeline.pause-autonomy.v1")
    record PauseAutonomy(
            UUID userId,
            UUID commandId,
            UUID actor,
            ActorRole actorRole,
            PauseScope scope,
            @Nullable @Personal String reason)
            implements AutonomyCommand {}

    /**
     * Lift a pause.
     *
     * @param version of the pause that is meant; a newer one is not lifted
     */
    @MessageType("lifeline.resume-autonomy.v1")
    record ResumeAutonomy(UUID userId, UUID commandId, UUID actor, ActorRole actorRole, PauseScope scope, long version)
            implements AutonomyCommand {}

    /**
     * Let the assistant do so much by itself, all of it as said here.
     *
     * @param version of the settings that were looked at; where others have been set since, nothing is done. Absent: whatever
     *     was set before
     */
    @MessageType("lifeline.update-autonomy-settings.v1")
    record UpdateAutonomySettings(
            UUID userId,
            UUID commandId,
            UUID actor,
            ActorRole actorRole,
            AutonomySettings settings,
            @Nullable Long version)
            implements AutonomyCommand {}

    /** Trust the assistant so far; the other settings stay. */
    @MessageType("lifeline.set-trust-tier.v1")
    record SetTrustTier(UUID userId, UUID commandId, UUID actor, ActorRole actorRole, TrustTier trustTier)
            implements AutonomyCommand {}

    /**
     * Write a policy, or write it anew.
     *
     * @param version of the policy that was looked at; where it has been written or removed since, nothing is done. Absent:
     *     whatever was written before
     */
    @MessageType("lifeline.put-policy.v1")
    record PutPolicy(
            UUID userId,
            UUID commandId,
            UUID actor,
            ActorRole actorRole,
            Policy policy,
            @Nullable Long version) implements AutonomyCommand {}

    /** Forget a policy. */
    @MessageType("lifeline.remove-policy.v1")
    record RemovePolicy(UUID userId, UUID commandId, UUID actor, ActorRole actorRole, UUID policyId)
            implements AutonomyCommand {}

    /**
     * Let an action be done.
     *
     * @param actionHash of the action that was looked at; absent: whichever waits
     * @param confirmationToken for the second of two confirmations: what the first was answered with
     */
    @MessageType("lifeline.approve-action.v1")
    record ApproveAction(
            UUID userId,
            UUID commandId,
            UUID actor,
            ActorRole actorRole,
            UUID approvalId,
            @Nullable String actionHash,
            @Nullable UUID confirmationToken)
            implements AutonomyCommand {}

    /** Do not let an action be done. */
    @MessageType("lifeline.reject-action.v1")
    record RejectAction(
            UUID userId,
            UUID commandId,
            UUID actor,
            ActorRole actorRole,
            UUID approvalId,
            @Nullable @Personal String reason)
            implements AutonomyCommand {}

    /**
     * A record among the commands that could not be read has been looked into, and withholds nothing any more. The
     * operator's.
     *
     * @param source where it lies
     */
    @MessageType("lifeline.resolve-unreadable.v1")
    record ResolveUnreadable(UUID userId, UUID commandId, UUID actor, ActorRole actorRole, SourcePosition source)
            implements AutonomyCommand {}
}
