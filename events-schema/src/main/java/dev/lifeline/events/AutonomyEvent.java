package dev.lifeline.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of commands: what is paused, what is allowed. On {@code lifeline.autonomy.events}; the operator's under the
 * key {@value Operator#KEY}. An event tells the state as it stands after it, so that one that comes twice changes nothing.
 *
 * <p>{@code sequence} numbers what policy-service does, over all topics and instances: of a pause and an admission that
 * exclude each other, the one with the lower number came first.
 */
public sealed interface AutonomyEvent extends Message {

    @Override
    default String key() {
        return Operator.keyOf(userId());
    }

    /**
     * Something is paused.
     *
     * @param commandId the command that asked for it; absent when none did
     * @param reason in the words of whoever paused
     * @param pausedAt since when; a pause of what is paused already changes nothing
     * @param version of this pause; to lift it one has to name it
     */
    @MessageType("lifeline.autonomy-paused.v1")
    record AutonomyPaused(
            UUID userId,
            @Nullable UUID commandId,
            PauseScope scope,
            UUID actor,
            @Nullable @Personal String reason,
            Instant pausedAt,
            long version,
            long sequence)
            implements AutonomyEvent {}

    /**
     * Something is not paused any more.
     *
     * @param commandId the command that asked for it; absent when none did
     * @param version of the pause that was lifted
     */
    @MessageType("lifeline.autonomy-resumed.v1")
    record AutonomyResumed(
            UUID userId,
            @Nullable UUID commandId,
            PauseScope scope,
            UUID actor,
            Instant resumedAt,
            long version,
            long sequence)
            implements AutonomyEvent {}

    /**
     * The user's settings, all of them.
     *
     * @param before what they were until then; absent in what was published before there was this member
     */
    @MessageType("lifeline.autonomy-settings-updated.v1")
    record AutonomySettingsUpdated(
            UUID userId,
            UUID commandId,
            AutonomySettings settings,
            @Nullable AutonomySettings before,
            long version,
            long sequence)
            implements AutonomyEvent {}

    /** The user trusts the assistant so far now. */
    @MessageType("lifeline.trust-tier-changed.v1")
    record TrustTierChanged(UUID userId, UUID commandId, TrustTier from, TrustTier to, long version, long sequence)
            implements AutonomyEvent {}

    /** A policy as it is now. */
    @MessageType("lifeline.policy-changed.v1")
    record PolicyChanged(UUID userId, UUID commandId, Policy policy, long version, long sequence)
            implements AutonomyEvent {}

    /**
     * A policy is no more.
     *
     * @param name which it had; absent in what was published before there was this member
     */
    @MessageType("lifeline.policy-removed.v1")
    record PolicyRemoved(
            UUID userId,
            UUID commandId,
            UUID policyId,
            @Nullable String name,
            long version,
            long sequence) implements AutonomyEvent {}

    /**
     * A command was not carried out.
     *
     * @param command the name of its type
     * @param code short, for programs
     * @param reason a sentence for the user, with the field and the remedy where there is one
     */
    @MessageType("lifeline.command-rejected.v1")
    record CommandRejected(UUID userId, UUID commandId, String command, String code, String reason)
            implements AutonomyEvent {}

    /**
     * A record among the commands could not be read; until the operator has resolved it, the actions of those whom it may
     * have concerned need approval. The operator's.
     *
     * @param source where it lies
     * @param concerns whose it was; absent: anybody's in its partition
     * @param reason what is wrong with it, and nothing of what it says
     */
    @MessageType("lifeline.command-unreadable.v1")
    record CommandUnreadable(
            UUID userId, SourcePosition source, @Nullable UUID concerns, String reason, long sequence)
            implements AutonomyEvent {}

    /** A record that could not be read withholds nothing any more. The operator's. */
    @MessageType("lifeline.unreadable-resolved.v1")
    record UnreadableResolved(UUID userId, UUID commandId, SourcePosition source, long sequence)
            implements AutonomyEvent {}
}
