package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Topics;
import dev.lifeline.projector.verify.DifferingRow;
import dev.lifeline.projector.verify.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** The table {@code verification}: what was proven when, and what was found. Its times are the database's. */
public final class PostgresVerification {

    private static final String KNOW = """
            INSERT INTO verification (partition, every_seconds)
            SELECT DISTINCT partition, ? FROM projection_offset WHERE topic = ?
            ON CONFLICT (partition) DO UPDATE SET every_seconds = excluded.every_seconds
            WHERE verification.every_seconds <> excluded.every_seconds
            """;
    // What was never proven is due at once. After that they take turns, evenly over the time that there is for each,
    // or twice as fast while one is late.
    private static final String DUE = """
            WITH pace AS (SELECT clock_timestamp() AS now, make_interval(secs => ?) AS every,
                make_interval(secs => ?) / greatest(1, count(*)) AS apart FROM verification)
            SELECT partition::text FROM verification it, pace
            WHERE (verified_at IS NULL OR NOT EXISTS (SELECT FROM verification other WHERE other.verified_at
                > now - apart / CASE WHEN it.verified_at <= now - every THEN 2 ELSE 1 END))
              AND coalesce(tried_at <= now - apart / 2, true)
            ORDER BY verified_at NULLS FIRST, partition LIMIT 1
            """;
    private static final String TRY = "UPDATE verification SET tried_at = clock_timestamp() WHERE partition = ?";
    private static final String FOUND =
            "SELECT table_name, row_key, concerns FROM verification_difference WHERE partition = ?";
    private static final String NOTE = """
            UPDATE verification SET verified_at = clock_timestamp(), cut = ?, rows = ?, unprovable = ?, different = ?
            WHERE partition = ?
            """;
    private static final String CLEAR = "DELETE FROM verification_difference WHERE partition = ?";
    private static final String KEEP = "INSERT INTO verification_difference VALUES (?, ?, ?, ?)";
    private static final String STANDING = """
            SELECT coalesce(sum(different), 0), coalesce(sum(rows), 0), extract(epoch FROM
                clock_timestamp() - min(coalesce(verified_at, since))) FROM verification
            """;

    private final DataSource database;

    /** @param database finds the read model */
    public PostgresVerification(DataSource database) {
        this.database = database;
    }

    /** Has a row for each partition that is folded, from now on to be proven that often. */
    public void know(Duration every) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Sql.update(connection, KNOW, every.toSeconds(), Topics.CONNECTOR_EVENTS.name());
        }
    }

    /** Nothing is proven any more. */
    public void forget() throws SQLException {
        try (Connection connection = database.getConnection()) {
            Sql.update(connection, "DELETE FROM verification");
        }
    }

    /** The partition to be proven next; empty when it is not time yet. */
    public Optional<Integer> due(Duration every) throws SQLException {
        double seconds = every.toMillis() / 1e3;
        try (Connection connection = database.getConnection()) {
            return Sql.text(connection, DUE, seconds, seconds).map(Integer::valueOf);
        }
    }

    /** Says that it is begun, so that one that can not be proven does not hold up the others. */
    public void begin(int partition) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Sql.update(connection, TRY, partition);
        }
    }

    /** Keeps what was found; those rows that were not known from the time before. */
    public List<DifferingRow> note(DifferingRow.Report report) throws SQLException {
        int partition = report.partition();
        try (Connection tx = database.getConnection()) {
            tx.setAutoCommit(false);
            Set<DifferingRow> known = rows(tx, partition);
            Sql.update(tx, NOTE, report.cut(), report.rows(), report.unprovable(), report.different(), partition);
            Sql.update(tx, CLEAR, partition);
            for (DifferingRow row : report.first()) {
                Sql.update(tx, KEEP, partition, row.table(), row.key(), row.userId());
            }
            tx.commit();
            return report.first().stream().filter(row -> !known.contains(row)).toList();
        }
    }

    private static Set<DifferingRow> rows(Connection tx, int partition) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(FOUND)) {
            select.setInt(1, partition);
            try (ResultSet found = select.executeQuery()) {
                Set<DifferingRow> rows = new HashSet<>();
                while (found.next()) {
                    rows.add(new DifferingRow(found.getString(1), found.getString(2), found.getObject(3, UUID.class)));
                }
                return rows;
            }
        }
    }

    /** How it stands with all. */
    public Standing standing() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(STANDING);
                ResultSet found = select.executeQuery()) {
            found.next();
            return new Standing(found.getLong(1), found.getLong(2), found.getDouble(3));
        }
    }
}
