package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.Condition;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Topics;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.policy.application.Autonomy;
import dev.lifeline.policy.application.BrakeReading;
import dev.lifeline.policy.application.OperatorPause;
import dev.lifeline.policy.application.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all that a user's actions are judged by, in one go: many queries, and one wait for their answers. */
final class StandingReader {

    private static final String AUTONOMY = "SELECT * FROM autonomy WHERE user_id = ?";
    private static final String OPERATOR_PAUSES = "SELECT * FROM operator_pause";
    private static final String FRESH = """
            SELECT partition, coalesce(caught_up_at > clock_timestamp() - ?::interval
                AND caught_up_at <= clock_timestamp() + interval '1 second', false) AS fresh
              FROM projection_offset WHERE projection = ? AND topic = ?
            """;
    private static final String UNREADABLE = """
            SELECT max(sequence) AS sequence, concerns, source_partition FROM unreadable_command
             WHERE resolved_at IS NULL AND (concerns IN (?, ?) OR concerns IS NULL) GROUP BY concerns, source_partition
            """;
    private static final String POLICIES = "SELECT version, policy FROM policy WHERE user_id = ?";
    private static final String CONNECTORS = "SELECT name, condition FROM connector WHERE user_id = ?";
    private static final String SPENT = "SELECT day, cents FROM spend WHERE user_id = ? AND day BETWEEN ? AND ?";

    private final Trip trip;
    private final BrakeTables.Bounds bounds;

    StandingReader(Trip trip, BrakeTables.Bounds bounds) {
        this.trip = trip;
        this.bounds = bounds;
    }

    /** Holds the operator's control state first, then the user's; what is read is what was committed before. */
    Standing hold(UUID userId, Instant now) {
        trip.add(PostgresLedger.SHARED, Operator.ID.toString()).add(PostgresLedger.SHARED, userId.toString());
        return read(userId, now, 2);
    }

    Standing read(UUID userId, Instant now) {
        return read(userId, now, 0);
    }

    private Standing read(UUID userId, Instant now, int locks) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return trip.add(AUTONOMY, userId)
                .add(OPERATOR_PAUSES)
                .add(
                        FRESH,
                        bounds.commands().toMillis() + " milliseconds",
                        bounds.projection(),
                        Topics.AUTONOMY_COMMANDS.name())
                .add(UNREADABLE, userId, Operator.ID)
                .add(POLICIES, userId)
                .add(CONNECTORS, userId)
                .add(SPENT, userId, today.minusDays(1), today.plusDays(1))
                .ask(answers -> {
                    for (int lock = 0; lock < locks; lock++) {
                        answers.next();
                    }
                    Autonomy autonomy = autonomy(answers.next());
                    List<OperatorPause> operator = operatorPauses(answers.next());
                    Map<Integer, Boolean> fresh = fresh(answers.next());
                    BrakeReading brake = brake(userId, fresh, answers.next());
                    List<RulePolicy> policies = policies(answers.next());
                    return new Standing(
                            autonomy, operator, brake, policies, connectors(answers.next()), spent(answers.next()));
                });
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

    private static Map<String, Condition> connectors(ResultSet rows) throws SQLException {
        Map<String, Condition> connectors = new HashMap<>();
        while (rows.next()) {
            connectors.put(rows.getString("name"), Condition.ofWireName(rows.getString("condition")));
        }
        return connectors;
    }

    private static Map<LocalDate, Long> spent(ResultSet rows) throws SQLException {
        Map<LocalDate, Long> spent = new HashMap<>();
        while (rows.next()) {
            spent.put(rows.getObject("day", LocalDate.class), rows.getLong("cents"));
        }
        return spent;
    }
}
