package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Topics;
import dev.lifeline.projector.adapter.postgres.Tables.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the read model forgets: what happened longer ago than the log keeps. Of the lines that tell how things stood since, the
 * newest stays, however old it is.
 */
public final class Retention {

    /** When that happened which a row is about. Rows of tables that are not here say what is, and stay. */
    private static final Map<String, String> TIMES =
            Map.of("timeline", "at", "decision", "decided_at", "approval", "requested_at", "command", "at");

    private static final int USERS_AT_ONCE = 100;

    // Who is being erased is left out, and whoever is to be erased waits: both would delete the same rows.
    private static final String USERS =
            "SELECT user_id FROM users WHERE %s ORDER BY user_id LIMIT " + USERS_AT_ONCE + " FOR KEY SHARE SKIP LOCKED";

    private static final String FORGET = "DELETE FROM %s old WHERE user_id = ANY (?) AND %s < ?";

    // Of one kind, and about one thing, a line takes the place of those before it; an action, and a command, are over.
    private static final String UNLESS_NEWEST = """
             AND (source_topic = '%s' OR kind = 'command_rejected' OR EXISTS (
                SELECT FROM timeline newer
                WHERE newer.user_id = old.user_id AND newer.kind = old.kind AND newer.at < ?
                    AND newer.connector_name IS NOT DISTINCT FROM old.connector_name
                    AND newer.subject IS NOT DISTINCT FROM old.subject
                    AND (newer.at, newer.source_topic, newer.source_partition, newer.source_offset, newer.ordinal)
                        > (old.at, old.source_topic, old.source_partition, old.source_offset, old.ordinal)))
            """.formatted(Topics.ACTION_EVENTS.name());

    private Retention() {}

    /**
     * Forgets what is too old, of some users after the others, and tells how many rows that were. It may be broken off, and may
     * be done by several at once.
     */
    public static long forget(DataSource readModel) throws SQLException {
        long forgotten = 0;
        try (Connection tx = readModel.getConnection()) {
            tx.setAutoCommit(false);
            Instant horizon = horizon(tx);
            for (List<UUID> users = users(tx, null); !users.isEmpty(); users = users(tx, users.getLast())) {
                Object[] ids = users.toArray();
                for (Map.Entry<String, String> time : TIMES.entrySet()) {
                    forgotten += forget(tx, time.getKey(), time.getValue(), tx.createArrayOf("uuid", ids), horizon);
                }
                tx.commit();
            }
            tx.rollback();
        }
        return forgotten;
    }

    private static List<UUID> users(Connection tx, @Nullable UUID after) throws SQLException {
        List<UUID> users = new ArrayList<>();
        Sql.rows(
                tx,
                USERS.formatted(after == null ? "?::uuid IS NULL" : "user_id > ?"),
                after,
                row -> users.add(row.getObject(1, UUID.class)));
        return users;
    }

    private static int forget(Connection tx, String table, String time, Object users, Instant horizon)
            throws SQLException {
        String old = FORGET.formatted(table, time);
        return table.equals("timeline")
                ? Sql.update(tx, old + UNLESS_NEWEST, users, horizon, horizon)
                : Sql.update(tx, old, users, horizon);
    }

    /** What is older may have been forgotten before the transaction began. */
    static Instant horizon(Connection tx) throws SQLException {
        try (Statement statement = tx.createStatement();
                ResultSet now = statement.executeQuery("SELECT clock_timestamp()")) {
            now.next();
            return now.getObject(1, OffsetDateTime.class).toInstant().minus(Topics.FACT_RETENTION);
        }
    }

    /**
     * Those of some rows that can not have been forgotten.
     *
     * @param rows a table, or a query in brackets
     */
    static String since(Instant horizon, Table table, String rows) {
        String time = TIMES.get(table.name());
        return time == null
                ? rows
                : "(SELECT * FROM %s AS each WHERE %s >= timestamptz '%s')".formatted(rows, time, horizon);
    }
}
