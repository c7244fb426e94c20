package dev.lifeline.runtime;

import java.time.Instant;
import java.util.List;

/**
 * A row of the table {@code outbox}: what one transaction wants published.
 *
 * @param id rises in the order in which they are to be published
 * @param records in the order in which they are to be published
 */
record OutboxRow(long id, Instant createdAt, List<OutboxRecord> records) {}
