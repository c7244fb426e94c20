package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;

import dev.lifeline.events.Operator;
import dev.lifeline.events.Topics;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** How far the projector has come with all that concerns a user: what is his, and what the operator decides for everybody. */
final class Freshness {

    /** The projections of the read model, among all that keep their offsets in that table. */
    static final String PARTITIONS = "read_model.projection_offset WHERE projection IN"
            + " ('lifeline-projector-connector-health', 'lifeline-projector-autonomy', 'lifeline-projector-actions')";

    private static final int PROJECTIONS = 3;

    /** All that concerns anybody. */
    static final String OF_ALL = "SELECT CASE WHEN count(caught_up_at) = count(*) AND count(DISTINCT projection) >= "
            + PROJECTIONS + " THEN min(caught_up_at) END FROM " + PARTITIONS;

    /** To be completed by where the numbers of the user's partition and of the operator's come from. */
    static final String CAUGHT_UP_AT =
            OF_ALL + " AND (partition = %s OR projection = 'lifeline-projector-autonomy' AND partition = %s)";

    private static final String COUNT =
            "SELECT count(*) AS partitions FROM read_model.projection_offset WHERE topic = '"
                    + Topics.CONNECTOR_EVENTS.name() + "' AND projection = 'lifeline-projector-connector-health'";

    private final Mono<Integer> partitions;

    Freshness(Database database) {
        this.partitions = database.guard(database.sql(COUNT)
                        .map(row -> required(row, "partitions", Long.class).intValue())
                        .one())
                .cacheInvalidateIf(count -> count == 0);
    }

    /** Where all lies that concerns a user; the number of partitions never changes once there are any. */
    Mono<At> of(UUID userId) {
        return partitions.map(count -> At.of(userId, count));
    }

    /** How many there are of each topic; 0 as long as nothing was ever folded. */
    Mono<Integer> partitions() {
        return partitions;
    }

    /**
     * Partitions.
     *
     * @param own the user's
     * @param operator the operator's
     */
    record At(int own, int operator) {
        static At of(UUID userId, int partitions) {
            return partitions == 0
                    ? new At(0, 0)
                    : new At(Topics.partitionOf(userId, partitions), Topics.partitionOf(Operator.ID, partitions));
        }
    }
}
