package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Condition;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.projector.domain.ConnectorHealth;
import dev.lifeline.projector.domain.Connectors;
import dev.lifeline.projector.domain.Grant;
import dev.lifeline.projector.domain.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code connector_health}. */
final class PostgresConnectors {

    private static final String COLUMNS = """
            user_id, connector_name, provider, account, grant_id, generation, attempt, condition, failure_class,
            error_code, consecutive_failures, last_success_at, last_failure_at, due_by, changed_at, removed_at, version,
            source_topic, source_partition, source_offset
            """;

    private static final String OF_USERS =
            "SELECT " + COLUMNS + " FROM connector_health WHERE user_id = ANY (?) ORDER BY user_id, connector_name";

    // No index serves these two: it would cost every poll more than a look at the table now and then.
    private static final String CAN_BECOME_STALE =
            " FROM connector_health WHERE source_partition = ? AND removed_at IS NULL AND condition IN ('ok', 'retrying')";
    private static final String NEXT_DUE = "SELECT min(due_by)" + CAN_BECOME_STALE;
    private static final String USERS_OVERDUE =
            "SELECT DISTINCT user_id" + CAN_BECOME_STALE + " AND due_by < ? LIMIT ?";

    private static final String SAVE = """
            INSERT INTO connector_health AS row (user_id, connector_name, provider, account, grant_id, generation,
                attempt, status, condition, failure_class, error_code, consecutive_failures, last_success_at,
                last_failure_at, due_by, changed_at, removed_at, version, source_topic, source_partition, source_offset)
            SELECT user_id, connector_name, provider, account, grant_id, generation, attempt, status, condition,
                failure_class, error_code, consecutive_failures, %s, %s, %s, %s, %s, version, source_topic,
                source_partition, source_offset
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?, ?, ?, ?) AS changed (user_id, connector_name, provider, account, grant_id, generation,
                attempt, status, condition, failure_class, error_code, consecutive_failures, last_success_at,
                last_failure_at, due_by, changed_at, removed_at, version, source_topic, source_partition, source_offset)
            ON CONFLICT (user_id, connector_name) DO UPDATE SET
                provider = EXCLUDED.provider,
                account = EXCLUDED.account,
                grant_id = EXCLUDED.grant_id,
                generation = EXCLUDED.generation,
                attempt = EXCLUDED.attempt,
                status = EXCLUDED.status,
                condition = EXCLUDED.condition,
                failure_class = EXCLUDED.failure_class,
                error_code = EXCLUDED.error_code,
                consecutive_failures = EXCLUDED.consecutive_failures,
                last_success_at = EXCLUDED.last_success_at,
                last_failure_at = EXCLUDED.last_failure_at,
                due_by = EXCLUDED.due_by,
                changed_at = EXCLUDED.changed_at,
                removed_at = EXCLUDED.removed_at,
                updated_at = now(),
                version = EXCLUDED.version,
                source_topic = EXCLUDED.source_topic,
                source_partition = EXCLUDED.source_partition,
                source_offset = EXCLUDED.source_offset
            """.formatted(
                    Unnest.time("last_success_at"),
                    Unnest.time("last_failure_at"),
                    Unnest.time("due_by"),
                    Unnest.time("changed_at"),
                    Unnest.time("removed_at"));

    private PostgresConnectors() {}

    static Map<UUID, Connectors> ofUsers(Connection tx, Collection<UUID> users) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(OF_USERS)) {
            statement.setArray(1, tx.createArrayOf("uuid", users.toArray()));
            statement.setFetchSize(0);
            try (ResultSet rows = statement.executeQuery()) {
                Map<UUID, List<ConnectorHealth>> found = HashMap.newHashMap(users.size());
                while (rows.next()) {
                    ConnectorHealth row = row(rows);
                    found.computeIfAbsent(row.userId(), id -> new ArrayList<>(2))
                            .add(row);
                }
                Map<UUID, Connectors> connectors = HashMap.newHashMap(found.size());
                found.forEach((id, list) -> connectors.put(id, new Connectors(list)));
                return connectors;
            }
        }
    }

    /** When the first outcome in a partition is due by; empty when none is. */
    static Optional<Instant> nextDue(Connection tx, int partition) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(NEXT_DUE)) {
            statement.setInt(1, partition);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Optional.ofNullable(time(rows, 1));
            }
        }
    }

    /** Users with a connector in a partition that became overdue before a time; at most so many. */
    static List<UUID> usersOverdue(Connection tx, int partition, Instant time, int limit) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(USERS_OVERDUE)) {
            statement.setInt(1, partition);
            statement.setObject(2, time.atOffset(ZoneOffset.UTC));
            statement.setInt(3, limit);
            try (ResultSet rows = statement.executeQuery()) {
                List<UUID> users = new ArrayList<>();
                while (rows.next()) {
                    users.add(rows.getObject(1, UUID.class));
                }
                return users;
            }
        }
    }

    static void save(Connection tx, List<ConnectorHealth> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = tx.prepareStatement(SAVE)) {
            new Unnest<>(statement, changed)
                    .uuid(ConnectorHealth::userId)
                    .text(ConnectorHealth::name)
                    .text(row -> row.grant().provider())
                    .text(row -> row.grant().account())
                    .uuid(row -> row.grant().id())
                    .bigint(row -> row.grant().generation())
                    .bigint(ConnectorHealth::attempt)
                    .text(row -> row.condition().status().wireName())
                    .text(row -> row.condition().wireName())
                    .text(row -> row.verdict().failureClass() == null
                            ? null
                            : row.verdict().failureClass().name())
                    .text(row -> row.verdict().errorCode())
                    .integer(ConnectorHealth::consecutiveFailures)
                    .time(ConnectorHealth::lastSuccessAt)
                    .time(ConnectorHealth::lastFailureAt)
                    .time(ConnectorHealth::dueBy)
                    .time(ConnectorHealth::changedAt)
                    .time(ConnectorHealth::removedAt)
                    .bigint(ConnectorHealth::version)
                    .text(row -> row.source().topic())
                    .integer(row -> row.source().partition())
                    .bigint(row -> row.source().offset())
                    .execute();
        }
    }

    private static ConnectorHealth row(ResultSet row) throws SQLException {
        String failureClass = row.getString(9);
        return new ConnectorHealth(
                row.getObject(1, UUID.class),
                row.getString(2),
                new Grant(row.getString(3), row.getString(4), row.getObject(5, UUID.class), row.getLong(6)),
                row.getLong(7),
                new Verdict(
                        Condition.ofWireName(row.getString(8)),
                        failureClass == null ? null : FailureClass.valueOf(failureClass),
                        row.getString(10)),
                row.getInt(11),
                time(row, 12),
                time(row, 13),
                time(row, 14),
                row.getObject(15, OffsetDateTime.class).toInstant(),
                time(row, 16),
                row.getLong(17),
                new SourcePosition(row.getString(18), row.getInt(19), row.getLong(20)));
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
