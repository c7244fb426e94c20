package dev.lifeline.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The complete health of one connector, after an event changed it. On {@code lifeline.connector.health} under the key
 * {@code userId/connectorName}; the topic is compacted, so the newest record of a key is the connector's state, and a
 * tombstone says that the connector was removed.
 *
 * @param consecutiveFailures failures in a row
 * @param dueBy when the next outcome is overdue; absent for what is not polled
 * @param changedAt when the condition last changed
 * @param version rises with each change of the row
 * @param source the newest event that this reflects
 */
@MessageType("lifeline.connector-health-changed.v1")
public record ConnectorHealthChanged(
        UUID userId,
        String connectorName,
        String provider,
        UUID grantId,
        long generation,
        long attempt,
        Status status,
        Condition condition,
        @Nullable FailureClass failureClass,
        @Nullable String errorCode,
        int consecutiveFailures,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastFailureAt,
        @Nullable Instant dueBy,
        Instant changedAt,
        long version,
        SourcePosition source)
        implements Message {

    @Override
    public String key() {
        return key(userId, connectorName);
    }

    /** The key of a connector on the health topic. */
    public static String key(UUID userId, String connectorName) {
        return userId + "/" + connectorName;
    }

    /** Whether this is an earlier state of the same connector: who was slow may have put it behind that one all the same. */
    public boolean olderThan(ConnectorHealthChanged other) {
        return version < other.version && source.offset() <= other.source.offset();
    }
}
