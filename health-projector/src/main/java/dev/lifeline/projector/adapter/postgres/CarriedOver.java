package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** What a swap carries over from the live read model, for no log holds it any more: what {@link Provability} excuses. */
final class CarriedOver {

    private static final String CONNECTORS = Topics.CONNECTOR_EVENTS.name();
    private static final String AUTONOMY = Topics.AUTONOMY_EVENTS.name();
    private static final String ACTIONS = Topics.ACTION_EVENTS.name();
    private static final String NOT_COMPARED =
            "ARRAY['updated_at', '" + String.join("', '", Provability.OF_POLLS) + "']";

    private final Connection tx;
    private final String live;
    private final String scratch;

    CarriedOver(Connection tx, String live, String scratch) {
        this.tx = tx;
        this.live = live;
        this.scratch = scratch;
    }

    void carry(Origins origins) throws SQLException {
        if (origins.lost().isEmpty()) {
            return;
        }
        copy("users", "true");
        if (origins.anyOf(CONNECTORS)) {
            carryConnectors();
        }
        if (origins.anyOf(AUTONOMY)) {
            carryAutonomy(origins);
        }
        if (origins.anyOf(ACTIONS)) {
            replace("decision", "decision_id", origins.olderByTime("decided_at", List.of(ACTIONS)));
            replace("approval", "approval_id", origins.olderByTime("requested_at", List.of(ACTIONS)));
            execute("UPDATE %2$s.timeline row SET subject = old.subject FROM %1$s.timeline old"
                    + " WHERE row.source_topic = '" + ACTIONS
                    + "' AND row.subject IS NULL AND row.user_id = old.user_id"
                    + " AND row.at = old.at AND row.source_offset = old.source_offset AND "
                    + UnfoundedLines.sameButForUnknownSubject("row"));
        }
        copy("command", origins.olderByTime("at", List.of(CONNECTORS, AUTONOMY, ACTIONS)));
        copy("timeline", origins.olderBySource());
        copy("timeline", UnfoundedLines.has(scratch));
    }

    private void carryConnectors() throws SQLException {
        // What became of connectors that were removed since.
        copy("timeline", """
                source_topic = '%s' AND EXISTS (SELECT FROM %s.connector_health gone
                    WHERE gone.user_id = old.user_id AND gone.connector_name = old.connector_name
                        AND gone.removed_at IS NOT NULL AND gone.source_offset >= old.source_offset)
                AND NOT EXISTS (SELECT FROM %s.connector_health row
                    WHERE row.user_id = old.user_id AND row.connector_name = old.connector_name)
                """.formatted(CONNECTORS, live, scratch));
        copy("connector_health", "removed_at IS NOT NULL");
        // Polls that the log has lost, and of which the health topic was not told.
        execute("UPDATE %2$s.connector_health row SET (" + String.join(", ", Provability.OF_POLLS) + ") = (SELECT "
                + Provability.OF_POLLS.stream().map(column -> "old." + column).collect(Collectors.joining(", "))
                + ") FROM %1$s.connector_health old, %2$s.replay_origin origin"
                + " WHERE row.user_id = old.user_id AND row.connector_name = old.connector_name"
                + " AND origin.topic = old.source_topic AND origin.partition = old.source_partition"
                + " AND old.source_offset < origin.first_offset AND old.source_offset > row.source_offset"
                + " AND to_jsonb(old) - " + NOT_COMPARED + " = to_jsonb(row) - " + NOT_COMPARED);
        // Subscribers were told that versions rise.
        execute("UPDATE %2$s.connector_health row SET version = old.version FROM %1$s.connector_health old"
                + " WHERE row.user_id = old.user_id AND row.connector_name = old.connector_name"
                + " AND row.version < old.version");
        copy(
                "timeline",
                "source_topic = '" + CONNECTORS + "' AND source_offset <= (SELECT up_to FROM " + scratch
                        + ".replay_unprovable gone WHERE gone.user_id = old.user_id)");
    }

    private void carryAutonomy(Origins origins) throws SQLException {
        execute("UPDATE %2$s.autonomy_state row SET paused = old.paused, paused_at = old.paused_at,"
                + " paused_by = old.paused_by, pause_reason = old.pause_reason, pause_version = old.pause_version"
                + " FROM %1$s.autonomy_state old WHERE row.user_id = old.user_id AND row.pause_version = 0"
                + " AND old.pause_version > 0");
        execute("UPDATE %2$s.autonomy_state row SET settings = old.settings, settings_version = old.settings_version"
                + " FROM %1$s.autonomy_state old WHERE row.user_id = old.user_id AND "
                + Provability.unheardSettings(scratch));
        for (String table : List.of("autonomy_state", "policy", "operator_pause")) {
            copy(table, "true");
        }
        copy("unreadable_command", origins.olderByTime("noted_at", List.of(AUTONOMY)));
    }

    /** Rows that are there already stay as they are. */
    private void copy(String table, String where) throws SQLException {
        execute("INSERT INTO %2$s." + table + " SELECT * FROM %1$s." + table + " old WHERE " + where
                + " ON CONFLICT DO NOTHING");
    }

    private void replace(String table, String key, String where) throws SQLException {
        execute("DELETE FROM %2$s." + table + " WHERE " + key + " IN (SELECT " + key + " FROM %1$s." + table + " WHERE "
                + where + ")");
        copy(table, where);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = tx.createStatement()) {
            statement.execute(sql.formatted(live, scratch));
        }
    }
}
