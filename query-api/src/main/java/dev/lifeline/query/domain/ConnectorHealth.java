package dev.lifeline.query.domain;

import dev.lifeline.events.Condition;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.Status;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connector as the read model has it.
 *
 * @param name the connector's name within the user's, such as {@code gmail}
 * @param account whose account at the provider it reads
 * @param changedAt when it came into its condition, by the broker's time
 */
public record ConnectorHealth(
        String name,
        String provider,
        @Nullable String account,
        UUID grantId,
        Condition condition,
        @Nullable FailureClass failureClass,
        @Nullable String errorCode,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastFailureAt,
        Instant changedAt) {

    public Status status() {
        return condition.status();
    }

    /** Since when nothing has been read: its last success, or the beginning of its trouble where it never had one. */
    public Instant unreadSince() {
        return lastSuccessAt == null ? changedAt : lastSuccessAt;
    }
}
