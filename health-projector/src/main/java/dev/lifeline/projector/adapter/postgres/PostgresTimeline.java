package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Condition;
import dev.lifeline.projector.domain.TimelineEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code timeline}. */
final class PostgresTimeline {

    private static final String WRITTEN =
            "timeline (user_id, source_topic, source_partition, source_offset, ordinal, at, kind,"
                    + " connector_name, from_condition, to_condition, error_code, provider, grant_id, failure_class,"
                    + " last_success_at, account)";

    private PostgresTimeline() {}

    static void append(Connection tx, List<TimelineEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        BinaryRows rows = new BinaryRows();
        for (TimelineEntry entry : entries) {
            rows.row(16)
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
                    .text(entry.provider())
                    .uuid(entry.grantId())
                    .text(
                            entry.failureClass() == null
                                    ? null
                                    : entry.failureClass().name())
                    .time(entry.lastSuccessAt())
                    .text(entry.account());
        }
        rows.copyTo(tx, WRITTEN);
    }

    private static @Nullable String wireName(@Nullable Condition condition) {
        return condition == null ? null : condition.wireName();
    }
}
