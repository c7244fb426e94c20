package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.projector.domain.CommandAnswer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The table {@code command}. */
final class PostgresCommands {

    // A command that arrives twice is answered twice; the first answer stands.
    private static final String SAVE =
            "INSERT INTO command (user_id, command_id, state, reason, at, code) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private PostgresCommands() {}

    /** Keeps the answers to commands that had none; returns the others. */
    static List<CommandAnswer> save(Connection tx, Collection<CommandAnswer> answers) throws SQLException {
        List<CommandAnswer> repeated = new ArrayList<>();
        if (answers.isEmpty()) {
            return repeated;
        }
        try (PreparedStatement statement = tx.prepareStatement(SAVE)) {
            for (CommandAnswer answer : answers) {
                statement.setObject(1, answer.userId());
                statement.setObject(2, answer.commandId());
                statement.setString(3, answer.rejected() ? "rejected" : "done");
                statement.setString(4, answer.reason());
                statement.setObject(5, answer.at().atOffset(ZoneOffset.UTC));
                statement.setString(6, answer.code());
                statement.addBatch();
            }
            int[] inserted = statement.executeBatch();
            int n = 0;
            for (CommandAnswer answer : answers) {
                if (inserted[n++] == 0) {
                    repeated.add(answer);
                }
            }
        }
        return repeated;
    }
}
