package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.SourcePosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who was erased, within a transaction that somebody else opens and commits. Erasing waits for the transactions that have asked
 * who is erased, and those that ask while one is erasing wait for it: so no fold writes anything of a user that is gone.
 */
public final class PostgresErasures {

    // Held by every fold until it commits, and by no reader.
    private static final String AMONG = "SELECT user_id FROM erased_user WHERE user_id = ANY (?) FOR KEY SHARE";
    private static final String ALONE = "LOCK TABLE erased_user IN EXCLUSIVE MODE";
    // The newest counts: of several a compacted topic keeps no other, and a rebuild has to come to the same.
    private static final String NOTE = """
            INSERT INTO erased_user (user_id, erased_at) VALUES (?, ?)
            ON CONFLICT (user_id) DO UPDATE SET erased_at = excluded.erased_at
            """;
    private static final String OWE = """
            INSERT INTO owed_tombstone (user_id, connector_name, source_topic, source_partition, source_offset)
            SELECT user_id, connector_name, ?, ?, ? FROM connector_health WHERE user_id = ? AND removed_at IS NULL
            ON CONFLICT DO NOTHING
            """;
    private static final String ERASE = "DELETE FROM users WHERE user_id = ?";
    private static final String ERASE_UNREADABLE = "DELETE FROM unreadable_command WHERE concerns = ?";
    private static final String PAY = """
            DELETE FROM owed_tombstone WHERE source_partition = ?
            RETURNING user_id, connector_name, source_topic, source_offset
            """;

    private final Connection tx;

    public PostgresErasures(Connection tx) {
        this.tx = tx;
    }

    /** A connector of an erased user. */
    public record Gone(UUID userId, String connectorName, SourcePosition cause) {}

    /** Those of some users who are erased. */
    public Set<UUID> among(Collection<UUID> users) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(AMONG)) {
            select.setArray(1, tx.createArrayOf("uuid", users.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                Set<UUID> erased = new HashSet<>();
                while (rows.next()) {
                    erased.add(rows.getObject(1, UUID.class));
                }
                return erased;
            }
        }
    }

    /** Waits until no fold is about to write something, and lets none begin until the transaction ends. */
    public void holdFolds() throws SQLException {
        try (Statement statement = tx.createStatement()) {
            statement.execute(ALONE);
        }
    }

    /** Removes all that is a user's, for good; after {@link #holdFolds}. */
    public void erase(UUID userId, Instant at, SourcePosition source) throws SQLException {
        Sql.update(tx, NOTE, userId, at);
        Sql.update(tx, OWE, source.topic(), source.partition(), source.offset(), userId);
        Sql.update(tx, ERASE, userId);
        Sql.update(tx, ERASE_UNREADABLE, userId);
    }

    /** Takes the connectors of a partition of whose end the health topic is to be told now. */
    public List<Gone> owed(int partition) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(PAY)) {
            statement.setInt(1, partition);
            try (ResultSet rows = statement.executeQuery()) {
                List<Gone> gone = new ArrayList<>();
                while (rows.next()) {
                    gone.add(new Gone(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            new SourcePosition(rows.getString(3), partition, rows.getLong(4))));
                }
                return gone;
            }
        }
    }
}
