package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;
import static dev.lifeline.query.adapter.postgres.Columns.text;

import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.query.domain.Pauses;
import dev.lifeline.query.domain.Pauses.Pause;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** What holds back what would be done by itself; read in one statement, so that all is of one moment. */
final class PostgresPauses {

    private static final String HELD = """
            SELECT 'own' AS held, user_id AS whom, NULL::integer AS partition,
                'everything' AS kind, '' AS value, paused_at AS since, pause_reason AS reason, pause_version AS version
            FROM read_model.autonomy_state WHERE user_id = ANY($1) AND paused
            UNION ALL
            SELECT 'operator', NULL, NULL, kind, value, paused_at, reason, version
            FROM read_model.operator_pause WHERE paused
            UNION ALL
            SELECT 'unreadable', concerns, source_partition, NULL, NULL, min(noted_at), NULL, NULL
            FROM read_model.unreadable_command
            WHERE resolved_at IS NULL AND (concerns IS NULL OR concerns = $2 OR concerns = ANY($1))
            GROUP BY concerns, source_partition
            """;

    private final Database database;
    private final Freshness freshness;

    PostgresPauses(Database database, Freshness freshness) {
        this.database = database;
        this.freshness = freshness;
    }

    private sealed interface Held {

        record Own(UUID userId, Pause pause) implements Held {}

        record Operators(Pause pause) implements Held {}

        record Unreadable(UnreadableCommand command) implements Held {}

        static Held of(Readable row) {
            return switch (required(row, "held", String.class)) {
                case "own" -> new Own(required(row, "whom", UUID.class), pause(row));
                case "operator" -> new Operators(pause(row));
                default -> new Unreadable(UnreadableCommand.of(row));
            };
        }
    }

    /** Of several users at once; each of them is in the answer. */
    Mono<Map<UUID, Pauses>> of(Collection<UUID> userIds) {
        return Mono.zip(held(userIds), freshness.partitions(), (held, partitions) -> {
            List<Pause> operators = operators(held);
            Map<UUID, Pause> own = new HashMap<>();
            each(held, Held.Own.class).forEach(each -> own.put(each.userId(), each.pause()));
            Map<UUID, Pauses> pauses = new HashMap<>();
            for (UUID user : userIds) {
                Freshness.At at = Freshness.At.of(user, partitions);
                Instant withheldSince = UnreadableCommand.withheldSince(
                        each(held, Held.Unreadable.class).map(Held.Unreadable::command), user, at);
                pauses.put(user, new Pauses(own.get(user), operators, withheldSince));
            }
            return pauses;
        });
    }

    /** The operator's. */
    Mono<List<Pause>> operators() {
        return held(List.of()).map(PostgresPauses::operators);
    }

    private Mono<List<Held>> held(Collection<UUID> userIds) {
        return database.guard(database.sql(HELD)
                .bind(0, userIds.toArray(UUID[]::new))
                .bind(1, Operator.ID)
                .map(Held::of)
                .all()
                .collectList());
    }

    private static List<Pause> operators(List<Held> held) {
        return each(held, Held.Operators.class).map(Held.Operators::pause).toList();
    }

    private static <H extends Held> Stream<H> each(List<Held> held, Class<H> kind) {
        return held.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static Pause pause(Readable row) {
        String value = required(row, "value", String.class);
        return new Pause(
                new PauseScope(
                        PauseScope.Kind.ofWireName(required(row, "kind", String.class)),
                        value.isEmpty() ? null : value),
                required(row, "since", Instant.class),
                text(row, "reason"),
                required(row, "version", Long.class));
    }
}
