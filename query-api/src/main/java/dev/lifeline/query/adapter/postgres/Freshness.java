package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;

import dev.lifeline.events.Topics;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** How far the projector has come, by partition of {@code lifeline.connector.events}. */
final class Freshness {

    /** The projection of the connectors' health, among all that keep their offsets in that table. */
    static final String PARTITIONS = "read_model.projection_offset WHERE topic = '" + Topics.CONNECTOR_EVENTS.name()
            + "' AND projection = 'lifeline-projector-connector-health'";

    /** When a partition was caught up with last; to be completed by where its number comes from. */
    static final String CAUGHT_UP_AT = "SELECT caught_up_at FROM " + PARTITIONS + " AND partition = %s";

    private static final String COUNT = "SELECT count(*) AS partitions FROM " + PARTITIONS;

    private final Mono<Integer> partitions;

    Freshness(Database database) {
        this.partitions = database.guard(database.sql(COUNT)
                        .map(row -> required(row, "partitions", Long.class).intValue())
                        .one())
                .cacheInvalidateIf(count -> count == 0);
    }

    /** The partition in which all that concerns that user lies; their number never changes once there are any. */
    Mono<Integer> partitionOf(UUID userId) {
        return partitions.map(count -> count == 0 ? 0 : Topics.partitionOf(userId, count));
    }
}
