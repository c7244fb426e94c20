package dev.lifeline.projector.adapter.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the log began when a rebuild began, in those partitions whose first records are gone. Nothing can be proven of what
 * is older.
 */
public record Origins(List<Origin> lost) {

    /** @param time when the first record was written that is left; absent: none is left */
    public record Origin(
            String topic,
            int partition,
            long first,
            @Nullable Instant time) {}

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS replay_origin (
                topic text, partition integer, first_offset bigint NOT NULL, first_time timestamptz,
                PRIMARY KEY (topic, partition))
            """;
    private static final String NOTE = "INSERT INTO replay_origin VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String LOST =
            "SELECT topic, partition, first_offset, first_time FROM %s.replay_origin WHERE first_offset > 0 ORDER BY 1, 2";

    public Origins {
        lost = List.copyOf(lost);
    }

    static void create(Statement statement) throws SQLException {
        statement.execute(TABLE);
    }

    /** Keeps an origin, unless one of its partition is known. */
    public static void note(Connection connection, Origin origin) throws SQLException {
        Sql.update(connection, NOTE, origin.topic(), origin.partition(), origin.first(), origin.time());
    }

    /** Those of a rebuild. */
    public static Origins of(Connection connection, String schema) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LOST.formatted(schema));
                ResultSet found = select.executeQuery()) {
            List<Origin> lost = new ArrayList<>();
            while (found.next()) {
                OffsetDateTime time = found.getObject(4, OffsetDateTime.class);
                lost.add(new Origin(
                        found.getString(1), found.getInt(2), found.getLong(3), time == null ? null : time.toInstant()));
            }
            return new Origins(lost);
        }
    }

    /** Whether a partition of that topic has lost its beginning. */
    boolean anyOf(String topic) {
        return lost.stream().anyMatch(origin -> origin.topic().equals(topic));
    }

    /** The condition that a row with a source position is older than the log. */
    String olderBySource() {
        StringBuilder condition = new StringBuilder("(false");
        for (Origin origin : lost) {
            condition.append(" OR source_topic = '%s' AND source_partition = %d AND source_offset < %d"
                    .formatted(origin.topic(), origin.partition(), origin.first()));
        }
        return condition.append(')').toString();
    }

    /** The condition that a time does not lie behind that of the first record that is left of one of these topics. */
    String olderByTime(String column, List<String> topics) {
        StringBuilder condition = new StringBuilder("(false");
        for (Origin origin : lost) {
            if (topics.contains(origin.topic())) {
                condition.append(
                        origin.time() == null
                                ? " OR true"
                                : " OR " + column + " <= timestamptz '" + origin.time() + "'");
            }
        }
        return condition.append(')').toString();
    }
}
