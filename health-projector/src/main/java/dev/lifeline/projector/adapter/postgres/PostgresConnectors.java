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
import java.sql.Statement;
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

    // No index serves these two; who asks knows how seldom.
    private static final String CAN_BECOME_STALE =
            " FROM connector_health WHERE source_partition = ? AND removed_at IS NULL AND condition IN ('ok', 'retrying')";
    private static final String NEXT_DUE = "SELECT min(due_by)" + CAN_BECOME_STALE;
    private static final String USERS_OVERDUE =
            "SELECT DISTINCT user_id" + CAN_BECOME_STALE + " AND due_by < ? LIMIT ?";

    private static final String WRITTEN = "(user_id, connector_name, provider, account, grant_id, generation, attempt,"
            + " status, condition, failure_class, error_code, consecutive_failures, last_success_at, last_failure_at, due_by,"
            + " changed_at, removed_at, version, source_topic, source_partition, source_offset)";

    // Of the connection, and seen by nobody else; empty again after each transaction, which may write more than once.
    private static final String STAGE = """
            CREATE TEMP TABLE IF NOT EXISTS changed_connector ON COMMIT DELETE ROWS AS
            SELECT * FROM connector_health WITH NO DATA;
            DELETE FROM changed_connector
            """;
    private static final String UPDATE = """
            UPDATE connector_health row SET
                provider = changed.provider,
                account = changed.account,
                grant_id = changed.grant_id,
                generation = changed.generation,
                attempt = changed.attempt,
                status = changed.status,
                condition = changed.condition,
                failure_class = changed.failure_class,
                error_code = changed.error_code,
                consecutive_failures = changed.consecutive_failures,
                last_success_at = changed.last_success_at,
                last_failure_at = changed.last_failure_at,
                due_by = changed.due_by,
                changed_at = changed.changed_at,
                removed_at = changed.removed_at,
                updated_at = now(),
                version = changed.version,
                source_topic = changed.source_topic,
                source_partition = changed.source_partition,
                source_offset = changed.source_offset
            FROM changed_connector changed
            WHERE row.user_id = changed.user_id AND row.connector_name = changed.connector_name
            """;

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

    /** Adds rows that are not there yet. */
    static void insert(Connection tx, List<ConnectorHealth> added) throws SQLException {
        if (!added.isEmpty()) {
            binary(added).copyTo(tx, "connector_health " + WRITTEN);
        }
    }

    /** Writes rows that are there already. */
    static void update(Connection tx, List<ConnectorHealth> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (Statement statement = tx.createStatement()) {
            statement.execute(STAGE);
            binary(changed).copyTo(tx, "changed_connector " + WRITTEN);
            int updated = statement.executeUpdate(UPDATE);
            if (updated != changed.size()) {
                throw new IllegalStateException(
                        "%d of %d connectors were there to be updated".formatted(updated, changed.size()));
            }
        }
    }

    private static BinaryRows binary(List<ConnectorHealth> connectors) {
        BinaryRows rows = new BinaryRows();
        for (ConnectorHealth connector : connectors) {
            Verdict verdict = connector.verdict();
            FailureClass failureClass = verdict.failureClass();
            rows.row(21)
                    .uuid(connector.userId())
                    .text(connector.name())
                    .text(connector.grant().provider())
                    .text(connector.grant().account())
                    .uuid(connector.grant().id())
                    .bigint(connector.grant().generation())
                    .bigint(connector.attempt())
                    .text(verdict.condition().status().wireName())
                    .text(verdict.condition().wireName())
                    .text(failureClass == null ? null : failureClass.name())
                    .text(verdict.errorCode())
                    .integer(connector.consecutiveFailures())
                    .time(connector.lastSuccessAt())
                    .time(connector.lastFailureAt())
                    .time(connector.dueBy())
                    .time(connector.changedAt())
                    .time(connector.removedAt())
                    .bigint(connector.version())
                    .text(connector.source().topic())
                    .integer(connector.source().partition())
                    .bigint(connector.source().offset());
        }
        return rows;
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
