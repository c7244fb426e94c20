package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The users whose events lie in one partition, noted where only the connection sees it: the database can not tell them. */
final class ShareUsers {

    /** Of a row that is such a user's. */
    static final String CONDITION = "user_id IN (SELECT user_id FROM pg_temp.share_user)";

    private static final int AT_ONCE = 2_000;
    private static final String TABLE =
            "CREATE TEMP TABLE IF NOT EXISTS share_user (user_id uuid PRIMARY KEY) ON COMMIT DELETE ROWS";

    private static final String USERS = "SELECT user_id FROM %1$s.users UNION SELECT user_id FROM %1$s.erased_user";

    private ShareUsers() {}

    /** Before the transaction in which they are noted. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    /** Notes them until the transaction ends. */
    static void note(Connection tx, String schema, int partition, int partitions) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(USERS.formatted(schema));
                PreparedStatement insert = tx.prepareStatement("INSERT INTO pg_temp.share_user VALUES (?)")) {
            select.setFetchSize(AT_ONCE);
            try (ResultSet found = select.executeQuery()) {
                int noted = 0;
                while (found.next()) {
                    UUID user = found.getObject(1, UUID.class);
                    if (Topics.partitionOf(user, partitions) == partition) {
                        insert.setObject(1, user);
                        insert.addBatch();
                        if (++noted % AT_ONCE == 0) {
                            insert.executeBatch();
                        }
                    }
                }
                insert.executeBatch();
            }
        }
    }
}
