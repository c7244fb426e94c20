package dev.lifeline.projector.domain;

import dev.lifeline.events.SourcePosition;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param connectorName of the connector that it was about; absent when it was about none
 * @param code why it was rejected, short, for programs; absent when it was carried out, or none was given
 * @param reason why it was rejected, in a sentence; absent when it was carried out
 * @param source the event that says so
 */
public record CommandAnswer(
        UUID userId,
        UUID commandId,
        @Nullable String connectorName,
        @Nullable String code,
        @Nullable String reason,
        Instant at,
        SourcePosition source) {

    /** A command that was carried out. */
    public static CommandAnswer done(UUID userId, UUID commandId, Instant at, SourcePosition source) {
        return new CommandAnswer(userId, commandId, null, null, null, at, source);
    }

    public boolean rejected() {
        return reason != null;
    }
}
