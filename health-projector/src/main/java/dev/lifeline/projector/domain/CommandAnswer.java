package dev.lifeline.projector.domain;

import dev.lifeline.events.SourcePosition;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param reason why it was rejected; absent when it was carried out
 * @param source the event that says so
 */
public record CommandAnswer(
        UUID userId,
        UUID commandId,
        String connectorName,
        @Nullable String reason,
        Instant at,
        SourcePosition source) {

    public boolean rejected() {
        return reason != null;
    }
}
