package dev.lifeline.projector.adapter.postgres;

import java.sql.SQLException;
import java.sql.Statement;

/**
 * Lines of events that are in the log, and that a rebuild could not tell, for what they are about is gone: that somebody
 * resumed what is not known to be paused, what became of an action whose decision is not there. Live has told such a line where
 * it knew; so what it says there can still be proven.
 */
final class UnfoundedLines {

    static final String TABLE = "replay_unfounded";

    private static final String CREATE = "CREATE TABLE IF NOT EXISTS " + TABLE + " (LIKE timeline INCLUDING INDEXES,"
            + " FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE)";

    private UnfoundedLines() {}

    static void create(Statement statement) throws SQLException {
        statement.execute(CREATE);
    }

    /**
     * The condition that a line {@code old} is one of these, in a partition whose beginning is gone. The type of its action is
     * known only with the decision.
     *
     * @param schema where they are
     */
    static String has(String schema) {
        return """
                EXISTS (SELECT FROM %1$s.%2$s noted JOIN %1$s.replay_origin origin
                        ON origin.topic = noted.source_topic AND origin.partition = noted.source_partition
                    WHERE noted.user_id = old.user_id AND noted.at = old.at AND noted.source_topic = old.source_topic
                        AND noted.source_offset = old.source_offset AND %3$s)
                """.formatted(schema, TABLE, sameButForUnknownSubject("noted"));
    }

    /** The condition that a line {@code old} says what another does, which may not know the type of the action. */
    static String sameButForUnknownSubject(String other) {
        return "to_jsonb(old) - 'subject' = to_jsonb(%1$s) - 'subject' AND coalesce(%1$s.subject = old.subject, %1$s.subject IS NULL)"
                .formatted(other);
    }
}
