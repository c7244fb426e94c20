package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;
import static dev.lifeline.query.adapter.postgres.Columns.time;

import dev.lifeline.events.SourcePosition;
import dev.lifeline.query.application.AutonomyModel.Fleet;
import dev.lifeline.query.domain.Pauses.Pause;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** All users' rows, counted. */
final class PostgresFleet {

    private static final String CONNECTORS = """
            SELECT provider, condition, count(*) AS count FROM read_model.connector_health WHERE removed_at IS NULL
            GROUP BY provider, condition ORDER BY provider, condition
            """;
    private static final String CODES = """
            SELECT error_code, failure_class, provider, count(*) AS count FROM read_model.connector_health
            WHERE removed_at IS NULL AND error_code IS NOT NULL
            GROUP BY error_code, failure_class, provider ORDER BY count(*) DESC, error_code, provider, failure_class
            """;
    private static final String TOTALS = """
            SELECT now() AS now, (%s) AS as_of, (SELECT count(DISTINCT user_id) FROM read_model.connector_health
                WHERE removed_at IS NULL) AS users, count(*) AS overdue, min(due_by) AS oldest
            FROM read_model.connector_health
            WHERE removed_at IS NULL AND condition IN ('ok', 'retrying', 'stale') AND due_by < now()
            """.formatted(Freshness.OF_ALL);
    private static final String PROJECTIONS = "SELECT projection, CASE WHEN count(caught_up_at) = count(*)"
            + " THEN min(caught_up_at) END AS caught_up_at FROM " + Freshness.PARTITIONS
            + " GROUP BY projection ORDER BY projection";
    private static final String UNREADABLE = """
            SELECT source_topic, source_partition, source_offset, concerns, reason, noted_at
            FROM read_model.unreadable_command WHERE resolved_at IS NULL
            ORDER BY noted_at LIMIT 100
            """;
    private static final String VERIFICATION = """
            SELECT count(*) AS partitions, count(verified_at) AS proven, coalesce(sum(rows), 0)::bigint AS rows,
                coalesce(sum(unprovable), 0)::bigint AS unprovable, coalesce(sum(different), 0)::bigint AS different,
                min(verified_at) AS oldest, coalesce(max(every_seconds), 0) AS every_seconds
            FROM read_model.verification
            """;
    private static final String DIFFERENT = """
            SELECT table_name, row_key, concerns FROM read_model.verification_difference
            ORDER BY partition, table_name, row_key LIMIT 20
            """;

    private final Database database;

    PostgresFleet(Database database) {
        this.database = database;
    }

    Mono<Fleet> read(List<Pause> pauses) {
        return Mono.zip(
                        all(TOTALS, Totals::of).map(List::getFirst),
                        all(CONNECTORS, PostgresFleet::connectors),
                        all(CODES, PostgresFleet::codes),
                        all(PROJECTIONS, PostgresFleet::projection),
                        all(UNREADABLE, PostgresFleet::unreadable),
                        verification())
                .map(found -> new Fleet(
                        found.getT1().now(),
                        found.getT1().asOf(),
                        found.getT1().users(),
                        found.getT2(),
                        found.getT3(),
                        pauses,
                        found.getT1().overdue(),
                        found.getT1().oldest(),
                        found.getT4(),
                        found.getT5(),
                        found.getT6().orElse(null)));
    }

    /** Empty where nothing is to be proven in the background. */
    private Mono<Optional<Fleet.Verification>> verification() {
        return all(DIFFERENT, PostgresFleet::differing)
                .flatMap(first -> all(VERIFICATION, row -> verification(row, first)))
                .map(found -> Optional.of(found.getFirst()).filter(verification -> verification.partitions() > 0));
    }

    private <T> Mono<List<T>> all(String sql, Function<Readable, T> row) {
        return database.guard(database.sql(sql).map(row).all().collectList());
    }

    private record Totals(
            Instant now,
            @Nullable Instant asOf,
            long users,
            long overdue,
            @Nullable Instant oldest) {
        static Totals of(Readable row) {
            return new Totals(
                    required(row, "now", Instant.class),
                    time(row, "as_of"),
                    required(row, "users", Long.class),
                    required(row, "overdue", Long.class),
                    time(row, "oldest"));
        }
    }

    private static Fleet.Connectors connectors(Readable row) {
        return new Fleet.Connectors(
                required(row, "provider", String.class),
                required(row, "condition", String.class),
                required(row, "count", Long.class));
    }

    private static Fleet.ErrorCodes codes(Readable row) {
        return new Fleet.ErrorCodes(
                required(row, "error_code", String.class),
                row.get("failure_class", String.class),
                required(row, "provider", String.class),
                required(row, "count", Long.class));
    }

    private static Fleet.Projection projection(Readable row) {
        return new Fleet.Projection(required(row, "projection", String.class), time(row, "caught_up_at"));
    }

    private static Fleet.Unreadable unreadable(Readable row) {
        return new Fleet.Unreadable(
                new SourcePosition(
                        required(row, "source_topic", String.class),
                        required(row, "source_partition", Integer.class),
                        required(row, "source_offset", Long.class)),
                row.get("concerns", UUID.class),
                required(row, "reason", String.class),
                required(row, "noted_at", Instant.class));
    }

    private static Fleet.DifferingRow differing(Readable row) {
        return new Fleet.DifferingRow(
                required(row, "table_name", String.class),
                required(row, "row_key", String.class),
                row.get("concerns", UUID.class));
    }

    private static Fleet.Verification verification(Readable row, List<Fleet.DifferingRow> first) {
        return new Fleet.Verification(
                required(row, "partitions", Long.class),
                required(row, "proven", Long.class),
                required(row, "rows", Long.class),
                required(row, "unprovable", Long.class),
                required(row, "different", Long.class),
                time(row, "oldest"),
                required(row, "every_seconds", Long.class),
                first);
    }
}
