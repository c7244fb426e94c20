package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.projector.domain.HistoryLine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the table {@code timeline} tells that is about no connector. */
final class PostgresHistory {

    private static final String APPEND = """
            INSERT INTO %s (user_id, source_topic, source_partition, source_offset, ordinal, at, kind, subject,
                from_condition, to_condition, error_code, detail)
            VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)
            """;

    private PostgresHistory() {}

    /** @param table the timeline, or one like it */
    static void append(Connection tx, String table, List<HistoryLine> lines) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (HistoryLine line : lines) {
            rows.add(new @Nullable Object[] {
                line.userId(),
                line.cause().topic(),
                line.cause().partition(),
                line.cause().offset(),
                line.at(),
                line.kind(),
                line.subject(),
                line.from(),
                line.to(),
                line.code(),
                line.detail()
            });
        }
        if (!rows.isEmpty()) {
            Sql.updateEach(tx, APPEND.formatted(table), rows);
        }
    }
}
