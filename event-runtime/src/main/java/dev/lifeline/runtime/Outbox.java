package dev.lifeline.runtime;

import dev.lifeline.events.Topic;
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
                                event_ids, topics, target_partitions, keys, types, payloads, traceparents)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended(concat_ws('/', current_schema(), 'outbox', ?, ?, ?), 0))";
    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_xact_lock(hashtextextended(concat_ws('/', current_schema(), 'outbox', ?, ?, ?), 0))";
    private static final String READ = """
            SELECT id, created_at, event_ids, topics, target_partitions, keys, types, payloads, traceparents
              FROM outbox
             WHERE projection = ? AND source_topic = ? AND source_partition = ? AND id > ?
             ORDER BY id
             LIMIT ?
            """;
    private static final String COUNT = """
            SELECT coalesce(sum(cardinality(event_ids)), 0)
              FROM outbox WHERE projection = ? AND source_topic = ? AND source_partition = ?
            """;
    private static final String REMOVE =
            "DELETE FROM outbox WHERE projection = ? AND source_topic = ? AND source_partition = ? AND id = ANY (?)";

    /** What a topic takes, less what key and headers need. */
    private static final int MOST_BYTES = Topic.DEFAULT_MAX_MESSAGE_BYTES - 64 * 1024;

    /** As much goes into one row: who publishes has some rows in memory at once, and within one transaction. */
    private static final int ENOUGH_BYTES = 1024 * 1024;

    private final String projection;

    Outbox(String projection) {
        this.projection = projection;
    }

    /**
     * Adds a row behind those that wait, or several where it is much; its id and time are the database's.
     *
     * @throws IllegalArgumentException when a record is larger than its topic takes: once it waited here, nothing behind it
     *     would ever be published; the transaction that wants it must not succeed, and trying again helps nobody
     */
    void append(Connection tx, TopicPartition source, List<OutboxRecord> records) throws SQLException {
        Statements statements = new Statements(tx);
        append(statements, source, records);
        statements.send();
    }

    /** The same, behind the statements that wait to be sent. */
    void append(Statements statements, TopicPartition source, List<OutboxRecord> records) throws SQLException {
        List<OutboxRecord> row = new ArrayList<>();
        int bytes = 0;
        for (OutboxRecord record : records) {
            row.add(record);
            bytes += record.value() == null ? 0 : record.value().length;
            if (bytes >= ENOUGH_BYTES) {
                appendRow(statements, source, row);
                row.clear();
                bytes = 0;
            }
        }
        if (!row.isEmpty()) {
            appendRow(statements, source, row);
        }
    }

    private void appendRow(Statements statements, TopicPartition source, List<OutboxRecord> records)
            throws SQLException {
        int n = records.size();
        UUID[] ids = new UUID[n];
        String[] topics = new String[n];
        int[] partitions = new int[n];
        String[] keys = new String[n];
        String[] types = new String[n];
        byte[] @Nullable [] payloads = new byte[n][];
        @Nullable String[] traces = new @Nullable String[n];
        for (int i = 0; i < n; i++) {
            OutboxRecord record = records.get(i);
            byte[] value = record.value();
            if (value != null && value.length > MOST_BYTES) {
                throw new IllegalArgumentException("%s for %s has %d bytes, and no more than %d can be published"
                        .formatted(record.type(), record.key(), value.length, MOST_BYTES));
            }
            ids[i] = record.eventId();
            topics[i] = record.topic();
            partitions[i] = record.partition();
            keys[i] = record.key();
            types[i] = record.type();
            payloads[i] = value;
            traces[i] = record.traceparent();
        }
        statements.add(
                APPEND,
                projection,
                source.topic(),
                source.partition(),
                statements.array("uuid", ids),
                statements.array("text", topics),
                partitions,
                statements.array("text", keys),
                statements.array("text", types),
                statements.array("bytea", payloads),
                statements.array("text", traces));
    }

    /** Whether nobody else publishes from the source partition; until the transaction ends, nobody else will. */
    boolean tryLock(Connection tx, TopicPartition source) throws SQLException {
        try (PreparedStatement lock = tx.prepareStatement(TRY_LOCK)) {
            address(lock, source);
            try (ResultSet locked = lock.executeQuery()) {
                return locked.next() && locked.getBoolean(1);
            }
        }
    }

    /** The first rows that wait. */
    List<OutboxRow> read(Connection tx, TopicPartition source, int limit) throws SQLException {
        return new Statements(tx)
                .add(READ, projection, source.topic(), source.partition(), 0, limit)
                .ask(answers -> rows(answers.next()));
    }

    /**
     * The first rows that wait, from behind that id on, once nobody else publishes from the source partition; until the
     * transaction ends, nobody else will.
     */
    List<OutboxRow> lockAndRead(Connection tx, TopicPartition source, long after, int limit) throws SQLException {
        return new Statements(tx)
                .add(LOCK, projection, source.topic(), source.partition())
                .add(READ, projection, source.topic(), source.partition(), after, limit)
                .ask(answers -> {
                    answers.next();
                    return rows(answers.next());
                });
    }

    /** How many records wait. */
    int count(Connection tx, TopicPartition source) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(COUNT)) {
            address(select, source);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                return found.getInt(1);
            }
        }
    }

    /**
     * Forgets these, and none between them: a row of a lower id may have become visible since they were read, or have been
     * written since the database lost its end.
     */
    void remove(Connection tx, TopicPartition source, List<OutboxRow> published) throws SQLException {
        try (PreparedStatement delete = tx.prepareStatement(REMOVE)) {
            address(delete, source);
            delete.setArray(
                    4,
                    tx.createArrayOf(
                            "int8", published.stream().map(OutboxRow::id).toArray()));
            delete.executeUpdate();
        }
    }

    private void address(PreparedStatement statement, TopicPartition source) throws SQLException {
        statement.setString(1, projection);
        statement.setString(2, source.topic());
        statement.setInt(3, source.partition());
    }

    private static List<OutboxRow> rows(ResultSet found) throws SQLException {
        List<OutboxRow> rows = new ArrayList<>();
        while (found.next()) {
            rows.add(row(found));
        }
        return rows;
    }

    private static OutboxRow row(ResultSet found) throws SQLException {
        UUID[] ids = column(found, "event_ids", UUID[].class);
        String[] topics = column(found, "topics", String[].class);
        Integer[] partitions = column(found, "target_partitions", Integer[].class);
        String[] keys = column(found, "keys", String[].class);
        String[] types = column(found, "types", String[].class);
        byte[] @Nullable [] payloads = column(found, "payloads", byte[][].class);
        @Nullable String[] traces = column(found, "traceparents", String[].class);
        List<OutboxRecord> records = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            records.add(new OutboxRecord(ids[i], topics[i], partitions[i], keys[i], types[i], payloads[i], traces[i]));
        }
        return new OutboxRow(
                found.getLong("id"),
                found.getObject("created_at", OffsetDateTime.class).toInstant(),
                records);
    }

    private static <A> A column(ResultSet found, String name, Class<A> type) throws SQLException {
        return type.cast(found.getArray(name).getArray());
    }
}
