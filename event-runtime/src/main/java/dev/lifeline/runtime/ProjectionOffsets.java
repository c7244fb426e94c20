package dev.lifeline.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The table {@code projection_offset}: how far a fold has read, kept with its rows in one transaction. Each write names the
 * offset that the writer believes to be the stored one; where that is another by now, somebody else owns the partition.
 *
 * <p>With an offset goes the leader epoch of the record before it, by which Kafka tells whether that record is still in the
 * log (KIP-320). It counts for no other offset: where an operator has set one, none is known.
 */
final class ProjectionOffsets {

    private static final String BEGIN = """
            INSERT INTO projection_offset (projection, topic, partition, next_offset)
            VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;
    private static final String READ = """
            SELECT next_offset, CASE WHEN leader_epoch_at = next_offset THEN leader_epoch END
              FROM projection_offset WHERE projection = ? AND topic = ? AND partition = ?
            """;
    private static final String ADVANCE = """
            UPDATE projection_offset SET next_offset = ?, leader_epoch = ?, leader_epoch_at = ?
             WHERE projection = ? AND topic = ? AND partition = ? AND next_offset = ?
            """;
    private static final String CAUGHT_UP = """
            UPDATE projection_offset
               SET caught_up_at = greatest(CASE WHEN caught_up_at <= clock_timestamp() THEN caught_up_at END, ?)
             WHERE projection = ? AND topic = ? AND partition = ? AND next_offset = ?
            RETURNING caught_up_at
            """;
    private static final String NOW = "SELECT clock_timestamp()";

    private final String projection;

    ProjectionOffsets(String projection) {
        this.projection = projection;
    }

    /** Gives each partition that has no row one, at that offset. */
    void begin(Connection tx, Map<TopicPartition, Long> offsets) throws SQLException {
        try (PreparedStatement insert = tx.prepareStatement(BEGIN)) {
            for (Map.Entry<TopicPartition, Long> offset : offsets.entrySet()) {
                address(insert, 1, offset.getKey());
                insert.setLong(4, offset.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Where a fold stands that has folded everything up to this record. */
    static OffsetAndMetadata behind(ConsumerRecord<?, ?> record) {
        return new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), "");
    }

    /** The offset of the next record to fold; empty where the partition has no row. */
    Optional<OffsetAndMetadata> read(Connection tx, TopicPartition partition) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(READ)) {
            address(select, 1, partition);
            try (ResultSet found = select.executeQuery()) {
                return found.next()
                        ? Optional.of(new OffsetAndMetadata(
                                found.getLong(1), Optional.ofNullable(found.getObject(2, Integer.class)), ""))
                        : Optional.empty();
            }
        }
    }

    /**
     * Moves on, and locks the row until the transaction ends.
     *
     * @throws LostPartitionException when the stored offset is not {@code from}
     */
    void advance(Connection tx, TopicPartition partition, long from, OffsetAndMetadata to) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement(ADVANCE)) {
            update.setLong(1, to.offset());
            update.setObject(2, to.leaderEpoch().orElse(null), Types.INTEGER);
            update.setLong(3, to.offset());
            address(update, 4, partition);
            update.setLong(7, from);
            if (update.executeUpdate() == 0) {
                throw new LostPartitionException(partition, from);
            }
        }
    }

    /**
     * Says that everything that was in the partition at that time has been folded, and locks the row until the transaction
     * ends. What was said of a time that is yet to come was said before the database's clock was set back, and counts no more.
     *
     * @return when the partition was last caught up with
     * @throws LostPartitionException when the stored offset is not {@code next}
     */
    Instant caughtUp(Connection tx, TopicPartition partition, long next, Instant at) throws SQLException {
        try (PreparedStatement update = tx.prepareStatement(CAUGHT_UP)) {
            update.setObject(1, at.atOffset(ZoneOffset.UTC));
            address(update, 2, partition);
            update.setLong(5, next);
            try (ResultSet updated = update.executeQuery()) {
                if (!updated.next()) {
                    throw new LostPartitionException(partition, next);
                }
                return updated.getObject(1, OffsetDateTime.class).toInstant();
            }
        }
    }

    /** The time by the database's clock. */
    Instant now(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NOW);
                ResultSet found = select.executeQuery()) {
            found.next();
            return found.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private void address(PreparedStatement statement, int from, TopicPartition partition) throws SQLException {
        statement.setString(from, projection);
        statement.setString(from + 1, partition.topic());
        statement.setInt(from + 2, partition.partition());
    }
}
