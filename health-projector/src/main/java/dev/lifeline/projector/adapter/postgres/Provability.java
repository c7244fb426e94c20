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
    private static final Set<String> OF_POLLS =
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

    private final Origins origins;
    private final Connection rebuilt;
    private final String schema;

    Provability(Origins origins, Connection rebuilt, String schema) {
        this.origins = origins;
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
     * @param live the row by its columns
     * @param other the rebuilt row; absent: there is none
     */
    boolean excuses(String table, Map<String, @Nullable String> live, @Nullable Map<String, @Nullable String> other)
            throws SQLException {
        return switch (table) {
            case "connector_health" -> origins.anyOf(CONNECTORS) && excusesConnector(live, other);
            case "timeline" -> other == null && excusesLine(live);
            case "decision" -> older(live.get("decided_at"), List.of(ACTIONS));
            case "approval" -> older(live.get("requested_at"), List.of(ACTIONS));
            case "command" -> older(live.get("at"), List.of(CONNECTORS, AUTONOMY, ACTIONS));
            case "policy", "unreadable_command" -> other == null && origins.anyOf(AUTONOMY);
            case "operator_pause" -> origins.anyOf(AUTONOMY) && (other == null || lower(other, live, "version"));
            case "autonomy_state" -> origins.anyOf(AUTONOMY) && (other == null || excusesAutonomy(live, other));
            case "users" -> other == null;
            default -> false;
        };
    }

    private boolean excusesConnector(Map<String, @Nullable String> live, @Nullable Map<String, @Nullable String> other)
            throws SQLException {
        if (live.get("removed_at") != null) {
            return other == null || other.get("removed_at") != null;
        }
        if (other == null) {
            return false;
        }
        Optional<String> first = Sql.text(
                rebuilt, SEEDED.formatted(schema), CONNECTORS, live.get("user_id"), live.get("connector_name"));
        if (first.isEmpty()) {
            return false;
        }
        boolean quietSince = number(live, "source_offset") < Long.parseLong(first.get())
                && number(live, "source_offset") > number(other, "source_offset");
        return (quietSince ? OF_POLLS : Set.of("version")).containsAll(differing(live, other));
    }

    private boolean excusesLine(Map<String, @Nullable String> live) throws SQLException {
        String topic = String.valueOf(live.get("source_topic"));
        return topic.equals(CONNECTORS)
                ? Sql.text(rebuilt, UP_TO.formatted(schema), live.get("user_id"), live.get("source_offset"))
                        .isPresent()
                : origins.anyOf(topic);
    }

    private static boolean excusesAutonomy(Map<String, @Nullable String> live, Map<String, @Nullable String> other) {
        boolean olderPause = lower(other, live, "pause_version");
        return differing(live, other).stream()
                .allMatch(column -> column.startsWith("settings") || column.startsWith("pause") && olderPause);
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

    private static boolean lower(
            Map<String, @Nullable String> one, Map<String, @Nullable String> other, String version) {
        return number(one, version) < number(other, version);
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
