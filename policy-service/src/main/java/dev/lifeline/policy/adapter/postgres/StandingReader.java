package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.Operator;
import dev.lifeline.events.Topics;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.policy.application.Autonomy;
import dev.lifeline.policy.application.BrakeReading;
import dev.lifeline.policy.application.OperatorPause;
import dev.lifeline.policy.application.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all that a user's actions are judged by, in one go: five queries, and one wait for their answers. */
final class StandingReader {

    private static final String ALL = """
            SELECT * FROM autonomy WHERE user_id = ?;
            SELECT * FROM operator_pause;
            SELECT partition, coalesce(caught_up_at > clock_timestamp() - ?::interval, false) AS fresh
              FROM projection_offset WHERE projection = ? AND topic = ?;
            SELECT max(sequence) AS sequence, concerns, source_partition FROM unreadable_command
             WHERE resolved_at IS NULL AND (concerns IN (?, ?) OR concerns IS NULL) GROUP BY concerns, source_partition;
            SELECT version, policy FROM policy WHERE user_id = ?
            """;

    private final Connection tx;
    private final BrakeTables.Bounds bounds;

    StandingReader(Connection tx, BrakeTables.Bounds bounds) {
        this.tx = tx;
        this.bounds = bounds;
    }

    Standing read(UUID userId) throws SQLException {
        try (PreparedStatement all = tx.prepareStatement(ALL)) {
            all.setObject(1, userId);
            all.setString(2, bounds.commands().toMillis() + " milliseconds");
            all.setString(3, bounds.projection());
            all.setString(4, Topics.AUTONOMY_COMMANDS.name());
            all.setObject(5, userId);
            all.setObject(6, Operator.ID);
            all.setObject(7, userId);
            all.execute();
            Autonomy autonomy = autonomy(all.getResultSet());
            List<OperatorPause> operator = operatorPauses(next(all));
            Map<Integer, Boolean> fresh = fresh(next(all));
            BrakeReading brake = brake(userId, fresh, next(all));
            return new Standing(autonomy, operator, brake, policies(next(all)));
        }
    }

    private static ResultSet next(PreparedStatement all) throws SQLException {
        all.getMoreResults();
        return all.getResultSet();
    }

    private static Autonomy autonomy(ResultSet rows) throws SQLException {
        return rows.next() ? AutonomyTable.autonomy(rows) : Autonomy.UNSET;
    }

    private static List<OperatorPause> operatorPauses(ResultSet rows) throws SQLException {
        List<OperatorPause> pauses = new ArrayList<>();
        while (rows.next()) {
            pauses.add(BrakeTables.operatorPause(rows));
        }
        return pauses;
    }

    /** By partition, whether its commands were read to their end lately. */
    private static Map<Integer, Boolean> fresh(ResultSet rows) throws SQLException {
        Map<Integer, Boolean> fresh = new HashMap<>();
        while (rows.next()) {
            fresh.put(rows.getInt("partition"), rows.getBoolean("fresh"));
        }
        return fresh;
    }

    private static BrakeReading brake(UUID userId, Map<Integer, Boolean> fresh, ResultSet unreadable)
            throws SQLException {
        if (fresh.isEmpty()) {
            return new BrakeReading("the commands have never been read", null, 0);
        }
        int own = Topics.partitionOf(userId, fresh.size());
        int operators = Topics.partitionOf(Operator.ID, fresh.size());
        boolean read = fresh.getOrDefault(own, false) && fresh.getOrDefault(operators, false);
        long newest = 0;
        while (unreadable.next()) {
            int partition = unreadable.getInt("source_partition");
            // whom it concerns is not known of some: then everybody whose commands come by that partition
            if (isKnown(unreadable) || partition == own || partition == operators) {
                newest = Math.max(newest, unreadable.getLong("sequence"));
            }
        }
        return new BrakeReading(
                read ? null : "the commands were last read to their end too long ago",
                newest == 0 ? null : "a command could not be read",
                newest);
    }

    private static boolean isKnown(ResultSet unreadable) throws SQLException {
        @Nullable UUID concerns = unreadable.getObject("concerns", UUID.class);
        return concerns != null;
    }

    private static List<RulePolicy> policies(ResultSet rows) throws SQLException {
        List<RulePolicy> policies = new ArrayList<>();
        while (rows.next()) {
            policies.add(PolicyTable.read(rows.getString("policy"), rows.getLong("version")));
        }
        return policies.stream()
                .filter(RulePolicy::enabled)
                .sorted(RulePolicy.IN_ORDER)
                .toList();
    }
}
