package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Condition;
import dev.lifeline.projector.domain.HistoryLine;
import dev.lifeline.projector.domain.TimelineEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code timeline}. */
final class PostgresTimeline {

    private static final String WRITTEN =
            "timeline (user_id, source_topic, source_partition, source_offset, ordinal, at, kind,"
                    + " connector_name, from_condition, to_condition, error_code, provider)";

    private static final String APPEND_LINES = """
            INSERT INTO timeline (user_id, source_topic, source_partition, source_offset, ordinal, at, kind, subject,
                from_condition, to_condition, error_code)
            SELECT user_id, source_topic, source_partition, source_offset, 0, %s, kind, subject, from_condition,
                to_condition, error_code
            FROM unnest(?, ?, ?, ?, ?::bigint[], ?, ?, ?, ?, ?) AS told (user_id, source_topic, source_partition,
                source_offset, at, kind, subject, from_condition, to_condition, error_code)
            """.formatted(Unnest.time("at"));

    private PostgresTimeline() {}

    static void appendLines(Connection tx, List<HistoryLine> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = tx.prepareStatement(APPEND_LINES)) {
            new Unnest<>(statement, lines)
                    .uuid(HistoryLine::userId)
                    .text(line -> line.cause().topic())
                    .integer(line -> line.cause().partition())
                    .bigint(line -> line.cause().offset())
                    .time(HistoryLine::at)
                    .text(HistoryLine::kind)
                    .text(HistoryLine::subject)
                    .text(HistoryLine::from)
                    .text(HistoryLine::to)
                    .text(HistoryLine::code)
                    .execute();
        }
    }

    static void append(Connection tx, List<TimelineEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        BinaryRows rows = new BinaryRows();
        for (TimelineEntry entry : entries) {
            rows.row(12)
                    .uuid(entry.userId())
                    .text(entry.cause().topic())
                    .integer(entry.cause().partition())
                    .bigint(entry.cause().offset())
                    .integer(entry.ordinal())
                    .time(entry.at())
                    .text(entry.kind().columnName())
                    .text(entry.connectorName())
                    .text(wireName(entry.from()))
                    .text(wireName(entry.to()))
                    .text(entry.errorCode())
                    .text(entry.provider());
        }
        rows.copyTo(tx, WRITTEN);
    }

    private static @Nullable String wireName(@Nullable Condition condition) {
        return condition == null ? null : condition.wireName();
    }
}
