package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.projector.domain.CommandAnswer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The table {@code command}. */
final class PostgresCommands {

    // A command that arrives twice is answered twice; the first answer stands.
    private static final String SAVE = """
            INSERT INTO command (user_id, command_id, state, reason, at)
            SELECT user_id, command_id, state, reason, %s
            FROM unnest(?, ?, ?, ?, ?::bigint[]) AS answer (user_id, command_id, state, reason, at)
            ON CONFLICT DO NOTHING
            """.formatted(Unnest.time("at"));

    private PostgresCommands() {}

    static void save(Connection tx, List<CommandAnswer> answers) throws SQLException {
        if (answers.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = tx.prepareStatement(SAVE)) {
            new Unnest<>(statement, answers)
                    .uuid(CommandAnswer::userId)
                    .uuid(CommandAnswer::commandId)
                    .text(answer -> answer.rejected() ? "rejected" : "done")
                    .text(CommandAnswer::reason)
                    .time(CommandAnswer::at)
                    .execute();
        }
    }
}
