package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Operator;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code fold_version}: by which version of its fold each partition was folded, and with which grace, from which offset
 * on.
 */
public final class FoldVersions {

    private static final String NOTE = """
            INSERT INTO fold_version (projection, topic, partition, from_offset, version, grace)
            SELECT given.projection, given.topic, given.partition, given.from_offset, given.version, given.grace
            FROM (VALUES (?, ?, ?::integer, ?::bigint, ?::integer, ?))
                AS given (projection, topic, partition, from_offset, version, grace)
            WHERE ROW(given.version, given.grace)::text IS DISTINCT FROM (SELECT ROW(last.version, last.grace)::text
                FROM fold_version last WHERE last.projection = given.projection AND last.topic = given.topic
                  AND last.partition = given.partition ORDER BY last.from_offset DESC LIMIT 1)
            ON CONFLICT (projection, topic, partition, from_offset)
                DO UPDATE SET version = excluded.version, grace = excluded.grace, since = excluded.since
            """;
    private static final String ALL =
            "SELECT projection, topic, partition, from_offset, version, since, grace FROM %s.fold_version ORDER BY from_offset";

    private static final Map<String, String> TOPICS = Map.of(
            "connector_health", Topics.CONNECTOR_EVENTS.name(),
            "autonomy_state", Topics.AUTONOMY_EVENTS.name(),
            "policy", Topics.AUTONOMY_EVENTS.name(),
            "operator_pause", Topics.AUTONOMY_EVENTS.name(),
            "unreadable_command", Topics.AUTONOMY_EVENTS.name(),
            "decision", Topics.ACTION_EVENTS.name(),
            "approval", Topics.ACTION_EVENTS.name());

    private final List<Span> live;
    private final List<Span> today;
    private final int partitions;

    private FoldVersions(List<Span> live, List<Span> today, int partitions) {
        this.live = live;
        this.today = today;
        this.partitions = partitions;
    }

    /**
     * From an offset on, until the next.
     *
     * @param grace absent: the fold has none, or a release that did not note it folded
     */
    private record Span(
            String projection,
            String topic,
            int partition,
            long from,
            int version,
            LocalDate since,
            @Nullable String grace) {

        boolean otherGrace(Span than) {
            return grace != null && !grace.equals(than.grace);
        }

        /** By what it was folded, and what is so today. */
        String unlike(Span today, String until) {
            return otherGrace(today)
                    ? "was folded by version %d of %s with a grace of %s (%s), today's is %d with %s"
                            .formatted(version, projection, grace, until, today.version, today.grace)
                    : "was folded by version %d of %s (%s), today's is %d"
                            .formatted(version, projection, until, today.version);
        }
    }

    /**
     * Notes by what a partition is folded from there on, unless it was so before.
     *
     * @param grace absent: the fold has none
     */
    public static void note(
            Connection tx, String projection, SourcePosition from, int version, @Nullable Duration grace)
            throws SQLException {
        Sql.update(
                tx,
                NOTE,
                projection,
                from.topic(),
                from.partition(),
                from.offset(),
                version,
                grace == null ? null : grace.toString());
    }

    /** What is known of a live read model and of a rebuilt one, which today's versions have folded. */
    static FoldVersions of(Connection live, String liveSchema, Connection rebuilt, String schema, int partitions)
            throws SQLException {
        return new FoldVersions(spans(live, liveSchema), spans(rebuilt, schema), partitions);
    }

    private static List<Span> spans(Connection connection, String schema) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALL.formatted(schema));
                ResultSet found = select.executeQuery()) {
            List<Span> spans = new ArrayList<>();
            while (found.next()) {
                spans.add(new Span(
                        found.getString(1),
                        found.getString(2),
                        found.getInt(3),
                        found.getLong(4),
                        found.getInt(5),
                        found.getObject(6, OffsetDateTime.class)
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toLocalDate(),
                        found.getString(7)));
            }
            return spans;
        }
    }

    /**
     * Which other version of its fold a row may come from, or from which other grace, in words; empty where today's has written
     * all that it reflects, and where that is not known.
     *
     * @param row by its columns
     */
    Optional<String> other(String table, Map<String, @Nullable String> row) {
        String topic = table.equals("timeline") ? row.get("source_topic") : TOPICS.get(table);
        if (topic == null) {
            return Optional.empty();
        }
        int partition = partition(row);
        // A line is written once; any other row is what all events before have made of it.
        String offset = table.equals("timeline") ? row.get("source_offset") : null;
        List<Span> spans = at(live, topic, partition).toList();
        Optional<Span> last = at(today, topic, partition).reduce((first, second) -> second);
        for (int i = 0; i < spans.size() && last.isPresent(); i++) {
            Span now = last.get();
            Span span = spans.get(i);
            Span next = i + 1 < spans.size() ? spans.get(i + 1) : null;
            boolean reflected = offset == null
                    || span.from() <= Long.parseLong(offset) && (next == null || Long.parseLong(offset) < next.from());
            if ((span.version() != now.version() || span.otherGrace(now)) && reflected) {
                return Optional.of(span.unlike(now, until(next)));
            }
        }
        return Optional.empty();
    }

    private static String until(@Nullable Span next) {
        return next == null ? "until now" : "until offset %d, %s".formatted(next.from(), next.since());
    }

    private int partition(Map<String, @Nullable String> row) {
        String user = row.get("user_id");
        UUID whose = user == null ? Operator.ID : UUID.fromString(user);
        return Topics.partitionOf(whose, partitions);
    }

    private static Stream<Span> at(List<Span> spans, String topic, int partition) {
        return spans.stream().filter(span -> span.topic().equals(topic) && span.partition() == partition);
    }
}
