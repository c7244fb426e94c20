package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Condition;
import dev.lifeline.projector.domain.TimelineEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code timeline}. */
final class PostgresTimeline {

    private static final String APPEND = """
            INSERT INTO timeline (user_id, source_topic, source_partition, source_offset, ordinal, at, kind,
                connector_name, from_condition, to_condition, error_code, provider)
            SELECT user_id, source_topic, source_partition, source_offset, ordinal, %s, kind, connector_name,
                from_condition, to_condition, error_code, provider
            FROM unnest(?, ?, ?, ?, ?, ?::bigint[], ?, ?, ?, ?, ?, ?) AS told (user_id, source_topic, source_partition,
                source_offset, ordinal, at, kind, connector_name, from_condition, to_condition, error_code, provider)
            """.formatted(Unnest.time("at"));

    private PostgresTimeline() {}

    static void append(Connection tx, List<TimelineEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = tx.prepareStatement(APPEND)) {
            new Unnest<>(statement, entries)
                    .uuid(TimelineEntry::userId)
                    .text(entry -> entry.cause().topic())
                    .integer(entry -> entry.cause().partition())
                    .bigint(entry -> entry.cause().offset())
                    .integer(TimelineEntry::ordinal)
                    .time(TimelineEntry::at)
                    .text(entry -> entry.kind().columnName())
                    .text(TimelineEntry::connectorName)
                    .text(entry -> wireName(entry.from()))
                    .text(entry -> wireName(entry.to()))
                    .text(TimelineEntry::errorCode)
                    .text(TimelineEntry::provider)
                    .execute();
        }
    }

    private static @Nullable String wireName(@Nullable Condition condition) {
        return condition == null ? null : condition.wireName();
    }
}
