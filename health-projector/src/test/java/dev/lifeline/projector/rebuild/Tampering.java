package dev.lifeline.projector.rebuild;

import dev.lifeline.projector.ReadModelSchema;
import dev.lifeline.testing.Database;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A change of a read model by hand.
 *
 * @param table where
 * @param column of one that changes a row; else empty
 */
record Tampering(String table, String column, String sql) {

    /** A changed column, a lost row and an added row, in each table. */
    static final List<Tampering> ALL = List.of(
            changed("approval", "status", "'rejected'"),
            changed("approval", "expires_at", "expires_at + interval '1 microsecond'"),
            lost("approval"),
            added("approval", "approval_id", "gen_random_uuid()"),
            changed("autonomy_state", "paused", "NOT paused"),
            changed("autonomy_state", "settings", "NULL"),
            lost("autonomy_state"),
            addedUser("autonomy_state"),
            changed("command", "reason", "'because'"),
            lost("command"),
            added("command", "command_id", "gen_random_uuid()"),
            changed("connector_health", "account", "'mallory@example.org'"),
            changed("connector_health", "error_code", "coalesce(error_code, '') || 'x'"),
            changed("connector_health", "version", "version + 1"),
            changed("connector_health", "attempt", "attempt - 1"),
            changed("connector_health", "last_success_at", "now()"),
            changed("connector_health", "source_offset", "source_offset + 1"),
            lost("connector_health"),
            added("connector_health", "connector_name", "'\u00e9\ud83d\ude00'"),
            changed("decision", "verdict", "'{}'"),
            changed("decision", "actual_cost_cents", "coalesce(actual_cost_cents, 0) + 1"),
            lost("decision"),
            added("decision", "decision_id", "gen_random_uuid()"),
            changed("erased_user", "erased_at", "erased_at + interval '1 second'"),
            lost("erased_user"),
            added("erased_user", "user_id", "gen_random_uuid()"),
            changed("operator_pause", "reason", "NULL"),
            lost("operator_pause"),
            added("operator_pause", "value", "'calendar'"),
            changed("policy", "policy", "NULL"),
            lost("policy"),
            added("policy", "policy_id", "gen_random_uuid()"),
            changed("timeline", "error_code", "coalesce(error_code, '') || 'x'"),
            changed("timeline", "kind", "CASE kind WHEN 'removed' THEN 'enabled' ELSE 'removed' END"),
            lost("timeline"),
            added("timeline", "at", "'2026-01-01T00:00:00.000001Z'::timestamptz"),
            changed("unreadable_command", "concerns", "gen_random_uuid()"),
            lost("unreadable_command"),
            added("unreadable_command", "source_offset", "source_offset + 77"),
            lost("users"),
            new Tampering("users", "", "INSERT INTO users VALUES (gen_random_uuid())"));

    private static Tampering changed(String table, String column, String value) {
        return new Tampering(table, column, "UPDATE " + table + " SET " + column + " = " + value + of(table));
    }

    private static Tampering lost(String table) {
        return new Tampering(table, "", "DELETE FROM " + table + of(table));
    }

    private static Tampering added(String table, String key, String value) {
        return new Tampering(
                table,
                "",
                "INSERT INTO %1$s SELECT (jsonb_populate_record(row, jsonb_build_object('%2$s', %3$s))).* FROM %1$s row%4$s"
                        .formatted(table, key, value, of(table)));
    }

    private static Tampering addedUser(String table) {
        return new Tampering(table, "", """
                INSERT INTO %s (user_id) SELECT user_id FROM users
                WHERE user_id NOT IN (SELECT user_id FROM %1$s) LIMIT 1
                """.formatted(table));
    }

    /** One row. */
    private static String of(String table) {
        return " WHERE ctid = (SELECT max(ctid) FROM " + table + ")";
    }

    void on(Database owner) {
        owner.execute(sql);
    }

    /** Keeps all rows as they are now. */
    static void keep(Database server) {
        server.execute("CREATE SCHEMA kept");
        ReadModelSchema.TABLES.forEach(
                table -> server.execute("CREATE TABLE kept." + table + " AS TABLE read_model." + table));
    }

    /** Brings back the rows that were kept. */
    static void undo(Database server) {
        String all = ReadModelSchema.TABLES.stream()
                .map(table -> "read_model." + table)
                .collect(Collectors.joining(", "));
        server.execute("TRUNCATE " + all, "INSERT INTO read_model.users TABLE kept.users");
        ReadModelSchema.TABLES.stream()
                .filter(table -> !table.equals("users"))
                .forEach(table -> server.execute("INSERT INTO read_model." + table + " TABLE kept." + table));
    }
}
