package dev.lifeline.runtime;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that waits in the table {@code outbox} to be published.
 *
 * @param value absent: a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutboxRecord(
        UUID eventId,
        String topic,
        int partition,
        String key,
        String type,
        byte @Nullable [] value,
        @Nullable String traceparent) {}
