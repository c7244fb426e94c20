package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;
import static dev.lifeline.query.adapter.postgres.Columns.text;
import static dev.lifeline.query.adapter.postgres.Columns.time;

import dev.lifeline.events.Operator;
import dev.lifeline.query.application.Timeline;
import dev.lifeline.query.application.Timeline.Change;
import dev.lifeline.query.application.Timeline.Item;
import dev.lifeline.query.application.Timeline.Position;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The table {@code timeline}, in pages, each found by the key of the last item of the page before. */
final class PostgresTimeline {

    private static final String NEWEST_FIRST =
            "ORDER BY at DESC, source_topic DESC, source_partition DESC, source_offset DESC, ordinal DESC";

    private static final String LINES = """
            (SELECT at, source_topic, source_partition, source_offset, ordinal,
                    kind, connector_name, subject, from_condition, to_condition, error_code, detail
            FROM read_model.timeline
            WHERE user_id = %s %%s
            """ + NEWEST_FIRST + " LIMIT $3)";

    /** What the operator held back, he held back for everybody. */
    private static final String OPERATORS =
            LINES.formatted("'" + Operator.ID + "' AND kind IN ('operator_paused', 'operator_resumed')");

    private static final String ALL = LINES.formatted("$1") + " UNION ALL " + OPERATORS;

    private static final String OF_CONNECTORS = LINES.formatted("$1 AND connector_name IS NOT NULL");

    /** Of a line about an action, found by the decision that its event names: a text in JSON has no such quotes in it. */
    private static final String ACTION_OF =
            "read_model.decision d ON d.decision_id = substring(page.detail from '\"decisionId\":\"([0-9a-f-]{36})\"')::uuid";

    private static final String BEFORE =
            "AND (at, source_topic, source_partition, source_offset, ordinal) < ($5, $6, $7, $8, $9)";

    /** Where in its event the words of a kind are. */
    private static final Map<String, JsonPointer> WORDS = Map.of(
            "user_paused", JsonPointer.compile("/reason"),
            "operator_paused", JsonPointer.compile("/reason"),
            "policy_changed", JsonPointer.compile("/policy/name"),
            "policy_removed", JsonPointer.compile("/name"));

    private final Database database;
    private final Freshness freshness;

    PostgresTimeline(Database database, Freshness freshness) {
        this.database = database;
        this.freshness = freshness;
    }

    Mono<Timeline> page(UUID userId, Timeline.Query query) {
        return freshness
                .of(userId)
                .flatMap(at -> database.guard(statement(query, at)
                        .bind(0, userId)
                        .bind(1, at.own())
                        // One more than asked for tells whether there is a next page.
                        .bind(2, query.limit() + 1)
                        .map(Line::of)
                        .all()
                        .collectList()
                        .map(lines -> timeline(lines, query.limit()))));
    }

    private static String page(Timeline.Query query) {
        String before = query.before() == null ? "" : BEFORE;
        String lines = (query.connectorsOnly() ? OF_CONNECTORS : ALL).replace("%s", before);
        return "SELECT fresh.caught_up_at, page.*, d.action FROM (SELECT ("
                + Freshness.CAUGHT_UP_AT.formatted("$2", "$4")
                + ") AS caught_up_at) fresh LEFT JOIN (SELECT * FROM (" + lines + ") lines " + NEWEST_FIRST
                + " LIMIT $3) page ON TRUE LEFT JOIN " + ACTION_OF + " " + NEWEST_FIRST;
    }

    private GenericExecuteSpec statement(Timeline.Query query, Freshness.At at) {
        Position before = query.before();
        return before == null
                ? database.sql(page(query)).bind(3, at.operator())
                : database.sql(page(query))
                        .bind(3, at.operator())
                        .bind(4, before.at())
                        .bind(5, before.topic())
                        .bind(6, before.partition())
                        .bind(7, before.offset())
                        .bind(8, before.ordinal());
    }

    private static Timeline timeline(List<Line> lines, int limit) {
        List<Item> items = new ArrayList<>();
        lines.forEach(line -> line.item().ifPresent(items::add));
        boolean more = items.size() > limit;
        List<Item> page = more ? items.subList(0, limit) : items;
        return new Timeline(lines.getFirst().asOf(), page, more ? page.getLast().position() : null);
    }

    private record Line(@Nullable Instant asOf, Optional<Item> item) {

        static Line of(Readable row) {
            boolean nothing = text(row, "kind") == null;
            return new Line(
                    time(row, "caught_up_at"), nothing ? Optional.empty() : Optional.of(PostgresTimeline.item(row)));
        }
    }

    private static Item item(Readable row) {
        return new Item(
                new Position(
                        required(row, "at", Instant.class),
                        required(row, "source_topic", String.class),
                        required(row, "source_partition", Integer.class),
                        required(row, "source_offset", Long.class),
                        required(row, "ordinal", Integer.class)),
                required(row, "kind", String.class),
                text(row, "connector_name"),
                text(row, "subject"),
                description(row),
                changes(row),
                text(row, "from_condition"),
                text(row, "to_condition"),
                text(row, "error_code"));
    }

    private static @Nullable String description(Readable row) {
        String action = text(row, "action");
        if (action != null) {
            return json(action).path("description").asString(null);
        }
        JsonPointer words = WORDS.get(required(row, "kind", String.class));
        return words == null ? null : detail(row).at(words).asString(null);
    }

    /** Empty too where the event is of a time when it did not say what was before. */
    private static List<Change> changes(Readable row) {
        if (!required(row, "kind", String.class).equals("settings_changed")) {
            return List.of();
        }
        JsonNode event = detail(row);
        JsonNode before = event.path("before");
        return !before.isObject()
                ? List.of()
                : event.path("settings").properties().stream()
                        .filter(setting -> !setting.getValue().equals(before.path(setting.getKey())))
                        .map(setting -> new Change(
                                setting.getKey(), plain(before.path(setting.getKey())), plain(setting.getValue())))
                        .toList();
    }

    private static @Nullable Object plain(JsonNode value) {
        return JsonMapper.shared().convertValue(value, Object.class);
    }

    private static JsonNode detail(Readable row) {
        String detail = text(row, "detail");
        return detail == null ? MissingNode.getInstance() : json(detail);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
