package dev.lifeline.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code outbox}: what a fold wants published, kept with its rows in one transaction.
 *
 * <p>Only who holds the lock of a source partition may publish from it. So an owner that was too slow and has been replaced
 * can not put an old state behind a newer one.
 */
final class Outbox {

    private static final String APPEND = """
            INSERT INTO outbox (projection, source_topic, source_partition,
                                event_id, topic, target_partition, key, type, value, traceparent)
            SELECT ?, ?, ?, event_id, topic, target_partition, key, type, value, traceparent
              FROM unnest(?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::bytea[], ?::text[]) WITH ORDINALITY
                AS r(event_id, topic, target_partition, key, type, value, traceparent, n)
             ORDER BY n
            """;
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended(concat_ws('/', current_schema(), 'outbox', ?, ?, ?), 0))";
    private static final String READ = """
            SELECT id, event_id, topic, target_partition, key, type, value, traceparent, created_at
              FROM outbox
             WHERE projection = ? AND source_topic = ? AND source_partition = ? AND id > ?
             ORDER BY id
             LIMIT ?
            """;
    private static final String REMOVE =
            "DELETE FROM outbox WHERE projection = ? AND source_topic = ? AND source_partition = ? AND id <= ?";
    private final String projection;

    Outbox(String projection) {
        this.projection = projection;
    }

    /** Adds rows behind those that wait; their ids, times and order are the database's. */
    void append(Connection tx, TopicPartition source, List<OutboxRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = tx.prepareStatement(APPEND)) {
            address(insert, source);
            int n = rows.size();
            UUID[] ids = new UUID[n];
            String[] topics = new String[n];
            Integer[] partitions = new Integer[n];
            String[] keys = new String[n];
            String[] types = new String[n];
            byte[] @Nullable [] values = new byte[n][];
            @Nullable String[] traces = new @Nullable String[n];
            for (int i = 0; i < n; i++) {
                OutboxRow row = rows.get(i);
                ids[i] = row.eventId();
                topics[i] = row.topic();
                partitions[i] = row.partition();
                keys[i] = row.key();
                types[i] = row.type();
                values[i] = row.value();
                traces[i] = row.traceparent();
            }
            insert.setArray(4, tx.createArrayOf("uuid", ids));
            insert.setArray(5, tx.createArrayOf("text", topics));
            insert.setArray(6, tx.createArrayOf("int4", partitions));
            insert.setArray(7, tx.createArrayOf("text", keys));
            insert.setArray(8, tx.createArrayOf("text", types));
            insert.setArray(9, tx.createArrayOf("bytea", values));
            insert.setArray(10, tx.createArrayOf("text", traces));
            insert.executeUpdate();
        }
    }

    /** Waits until nobody else publishes from the source partition; until the transaction ends, nobody else will. */
    void lock(Connection tx, TopicPartition source) throws SQLException {
        try (PreparedStatement lock = tx.prepareStatement(LOCK)) {
            address(lock, source);
            lock.execute();
        }
    }

    /** The first rows that wait, from behind that id on. */
    List<OutboxRow> read(Connection tx, TopicPartition source, long after, int limit) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(READ)) {
            address(select, source);
            select.setLong(4, after);
            select.setInt(5, limit);
            List<OutboxRow> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
            return rows;
        }
    }

    /** Forgets what has been published, up to that id. */
    void remove(Connection tx, TopicPartition source, long upTo) throws SQLException {
        try (PreparedStatement delete = tx.prepareStatement(REMOVE)) {
            address(delete, source);
            delete.setLong(4, upTo);
            delete.executeUpdate();
        }
    }

    private void address(PreparedStatement statement, TopicPartition source) throws SQLException {
        statement.setString(1, projection);
        statement.setString(2, source.topic());
        statement.setInt(3, source.partition());
    }

    private static OutboxRow row(ResultSet found) throws SQLException {
        return new OutboxRow(
                found.getLong("id"),
                found.getObject("event_id", UUID.class),
                found.getString("topic"),
                found.getInt("target_partition"),
                found.getString("key"),
                found.getString("type"),
                found.getBytes("value"),
                found.getString("traceparent"),
                found.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
