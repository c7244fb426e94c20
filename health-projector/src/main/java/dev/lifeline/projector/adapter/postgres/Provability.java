package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What can not be told from a log whose beginning is gone. Where a live row is not as the rest of the log says, this says
 * whether that may be because of what is gone.
 */
final class Provability {

    private static final String CONNECTORS = Topics.CONNECTOR_EVENTS.name();
    private static final String AUTONOMY = Topics.AUTONOMY_EVENTS.name();
    private static final String ACTIONS = Topics.ACTION_EVENTS.name();

    // Polls that find all well leave no record on the health topic: how many there were before the log began is not
    // known.
    static final Set<String> OF_POLLS =
            Set.of("attempt", "version", "last_success_at", "due_by", "consecutive_failures", "source_offset");
    /** As the database writes a time, in whatever zone the connection has. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][X]")
            .toFormatter(Locale.ROOT);

    private static final String SEEDED = """
            SELECT origin.first_offset::text FROM %1$s.replay_seed seed JOIN %1$s.replay_origin origin
                ON origin.topic = ? AND origin.partition = seed.source_partition
            WHERE seed.user_id = ?::uuid AND seed.connector_name = ? AND seed.source_offset < origin.first_offset
            """;
    private static final String UP_TO =
            "SELECT 'yes' FROM %s.replay_unprovable WHERE user_id = ?::uuid AND up_to >= ?::bigint";
    private static final String KNOWN =
            "SELECT 'yes' FROM %s.connector_health WHERE user_id = ?::uuid AND connector_name = ?";
    private static final String REMOVED = KNOWN + " AND removed_at IS NOT NULL AND source_offset >= ?::bigint";
    private static final String UNFOUNDED =
            "SELECT 'yes' FROM jsonb_populate_record(NULL::%s.timeline, ?::jsonb) old WHERE %s";
    private static final String UNHEARD = """
            SELECT 'yes' FROM jsonb_populate_record(NULL::%1$s.autonomy_state, ?::jsonb) old, %1$s.autonomy_state row
            WHERE row.user_id = old.user_id AND %2$s
            """;
    private static final String BORROWS =
            "SELECT 'yes' FROM %s AS borrowed WHERE user_id = ?::uuid AND connector_name = ?";

    private final Origins origins;
    private final Connection live;
    private final String liveSchema;
    private final Connection rebuilt;
    private final String schema;

    Provability(Origins origins, Connection live, String liveSchema, Connection rebuilt, String schema) {
        this.origins = origins;
        this.live = live;
        this.liveSchema = liveSchema;
        this.rebuilt = rebuilt;
        this.schema = schema;
    }

    /** Whether the whole log is there, so that everything can be proven. */
    boolean complete() {
        return origins.lost().isEmpty();
    }

    Origins origins() {
        return origins;
    }

    /**
     * Whether a difference may come from what is gone.
     *
     * @param row the live one by its columns
     * @param other the rebuilt row; absent: there is none
     */
    boolean excuses(String table, Map<String, @Nullable String> row, @Nullable Map<String, @Nullable String> other)
            throws SQLException {
        return switch (table) {
            case "connector_health" -> origins.anyOf(CONNECTORS) && excusesConnector(row, other);
            case "timeline" -> other == null ? excusesLine(row) : excusesSubject(row, other);
            case "decision" -> older(row.get("decided_at"), List.of(ACTIONS));
            case "approval" -> older(row.get("requested_at"), List.of(ACTIONS));
            case "command" -> older(row.get("at"), List.of(CONNECTORS, AUTONOMY, ACTIONS));
            case "policy", "operator_pause" -> other == null && origins.anyOf(AUTONOMY);
            case "unreadable_command" -> other == null && older(row.get("noted_at"), List.of(AUTONOMY));
            case "autonomy_state" -> origins.anyOf(AUTONOMY) && (other == null || excusesAutonomy(row, other));
            case "users" -> other == null;
            default -> false;
        };
    }

    private boolean excusesConnector(Map<String, @Nullable String> row, @Nullable Map<String, @Nullable String> other)
            throws SQLException {
        if (row.get("removed_at") != null) {
            return other == null || other.get("removed_at") != null;
        }
        if (other == null) {
            return false;
        }
        Optional<String> first =
                Sql.text(rebuilt, SEEDED.formatted(schema), CONNECTORS, row.get("user_id"), row.get("connector_name"));
        if (first.isEmpty()) {
            return false;
        }
        boolean quietSince = number(row, "source_offset") < Long.parseLong(first.get())
                && number(row, "source_offset") > number(other, "source_offset");
        return (quietSince ? OF_POLLS : Set.of("version")).containsAll(differing(row, other));
    }

    private boolean excusesLine(Map<String, @Nullable String> row) throws SQLException {
        String topic = String.valueOf(row.get("source_topic"));
        if (topic.equals(CONNECTORS)) {
            return Sql.text(rebuilt, UP_TO.formatted(schema), row.get("user_id"), row.get("source_offset"))
                            .isPresent()
                    || isOfOneRemovedSince(row);
        }
        return Sql.text(rebuilt, UNFOUNDED.formatted(schema, UnfoundedLines.has(schema)), PostgresAutonomy.json(row))
                .isPresent();
    }

    /** Of a connector whose beginning is gone, and that was removed since, neither the log nor the health topic has a row. */
    private boolean isOfOneRemovedSince(Map<String, @Nullable String> line) throws SQLException {
        return origins.anyOf(CONNECTORS)
                && Sql.text(
                                live,
                                REMOVED.formatted(liveSchema),
                                line.get("user_id"),
                                line.get("connector_name"),
                                line.get("source_offset"))
                        .isPresent()
                && Sql.text(rebuilt, KNOWN.formatted(schema), line.get("user_id"), line.get("connector_name"))
                        .isEmpty();
    }

    /** Of which type an action is, its decision tells alone. */
    private boolean excusesSubject(Map<String, @Nullable String> row, Map<String, @Nullable String> other) {
        return origins.anyOf(ACTIONS)
                && ACTIONS.equals(row.get("source_topic"))
                && other.get("subject") == null
                && differing(row, other).equals(Set.of("subject"));
    }

    private boolean excusesAutonomy(Map<String, @Nullable String> row, Map<String, @Nullable String> other)
            throws SQLException {
        Set<String> differing = differing(row, other);
        boolean pause = number(other, "pause_version") == 0 && number(row, "pause_version") > 0;
        boolean settings = differing.contains("settings")
                && Sql.text(rebuilt, UNHEARD.formatted(schema, unheardSettings(schema)), PostgresAutonomy.json(row))
                        .isPresent();
        return differing.stream()
                .allMatch(column -> column.startsWith("settings") && settings || column.startsWith("pause") && pause);
    }

    /**
     * The condition that what {@code old}, of live, says of settings can not be told from the rest of the log, by which {@code
     * row} is: nothing was heard of them since, or no more than a level of trust. Versions rise in the order of the log, so what
     * it tells of is newer than all that is gone.
     *
     * @param schema of the rebuilt one, while it has no line yet that was carried over
     */
    static String unheardSettings(String schema) {
        return """
                (row.settings_version = 0 AND old.settings_version > 0
                    OR row.settings_version = old.settings_version
                        AND NOT EXISTS (SELECT FROM %s.timeline line
                            WHERE line.user_id = row.user_id AND line.kind = 'settings_changed')
                        AND CASE WHEN old.settings IS JSON OBJECT THEN
                            old.settings::jsonb -> 'trustTier' = row.settings::jsonb -> 'trustTier' ELSE false END)
                """.formatted(schema);
    }

    /** The rebuilt connectors of which something was taken from the live row: equal as they are, that is not proven. */
    static String borrowed(String schema) {
        return "(SELECT * FROM %1$s.connector_health JOIN %1$s.replay_borrowed USING (user_id, connector_name, generation))"
                .formatted(schema);
    }

    /** Whether a rebuilt row is one of these. */
    boolean borrows(String table, Map<String, @Nullable String> rebuiltRow) throws SQLException {
        return table.equals("connector_health")
                && Sql.text(
                                rebuilt,
                                BORROWS.formatted(borrowed(schema)),
                                rebuiltRow.get("user_id"),
                                rebuiltRow.get("connector_name"))
                        .isPresent();
    }

    /** Records of one millisecond have one time, so what is of the time of the first that is left may be gone as well. */
    private boolean older(@Nullable String time, List<String> topics) {
        if (time == null) {
            return false;
        }
        Instant at = TIME.parse(time, Instant::from);
        return origins.lost().stream()
                .filter(origin -> topics.contains(origin.topic()))
                .anyMatch(origin -> origin.time() == null || !at.isAfter(origin.time()));
    }

    private static long number(Map<String, @Nullable String> row, String column) {
        return Long.parseLong(String.valueOf(row.get(column)));
    }

    private static Set<String> differing(Map<String, @Nullable String> one, Map<String, @Nullable String> other) {
        return one.keySet().stream()
                .filter(column -> !Objects.equals(one.get(column), other.get(column)))
                .collect(Collectors.toSet());
    }
}
