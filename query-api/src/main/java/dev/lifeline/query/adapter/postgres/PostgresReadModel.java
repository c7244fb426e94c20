package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;
import static dev.lifeline.query.adapter.postgres.Columns.text;
import static dev.lifeline.query.adapter.postgres.Columns.time;

import dev.lifeline.events.Condition;
import dev.lifeline.events.FailureClass;
import dev.lifeline.query.application.CommandState;
import dev.lifeline.query.application.Past;
import dev.lifeline.query.application.ReadModel;
import dev.lifeline.query.application.Snapshot;
import dev.lifeline.query.application.Timeline;
import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import dev.lifeline.query.domain.Reading;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The projector's tables. One statement an answer, so that rows and {@code asOf} are of the same moment. */
final class PostgresReadModel implements ReadModel {

    private static final String HEALTH = "connector_name, provider, account, grant_id, condition, failure_class,"
            + " error_code, last_success_at, last_failure_at, changed_at";

    /** One row at least, which says how fresh all is. */
    private static final String SNAPSHOT = """
            SELECT now() AS at, fresh.caught_up_at, %s
            FROM (SELECT (%s) AS caught_up_at) fresh
            LEFT JOIN read_model.connector_health ON user_id = $1 AND removed_at IS NULL
            ORDER BY connector_name
            """.formatted(HEALTH, Freshness.CAUGHT_UP_AT.formatted("$2", "$3"));

    private static final String ROWS = """
            SELECT user_id, %s
            FROM read_model.connector_health
            WHERE user_id = ANY($1) AND removed_at IS NULL
            ORDER BY user_id, connector_name
            """.formatted(HEALTH);

    private static final String COMMAND =
            "SELECT state, code, reason FROM read_model.command WHERE user_id = $1 AND command_id = $2";

    private final Database database;
    private final Freshness freshness;
    private final PostgresTimeline timeline;
    private final PostgresPast past;
    private final PostgresPauses pauses;

    PostgresReadModel(Database database, Freshness freshness, PostgresPauses pauses) {
        this.database = database;
        this.freshness = freshness;
        this.pauses = pauses;
        this.timeline = new PostgresTimeline(database, freshness);
        this.past = new PostgresPast(database, freshness);
    }

    @Override
    public Mono<Snapshot> snapshot(UUID userId) {
        return freshness
                .of(userId)
                .flatMap(at -> database.guard(database.sql(SNAPSHOT)
                        .bind(0, userId)
                        .bind(1, at.own())
                        .bind(2, at.operator())
                        .map(SnapshotRow::of)
                        .all()
                        .collectList()
                        .map(PostgresReadModel::snapshot)))
                // Pauses are read after how fresh they are.
                .flatMap(snapshot -> pauses(List.of(userId))
                        .map(found -> new Snapshot(
                                snapshot.reading().with(found.getOrDefault(userId, Pauses.NONE)), snapshot.at())));
    }

    @Override
    public Mono<Map<UUID, List<ConnectorHealth>>> rows(Collection<UUID> userIds) {
        Flux<Map.Entry<UUID, ConnectorHealth>> rows = database.sql(ROWS)
                .bind(0, userIds.toArray(UUID[]::new))
                .map(row -> Map.entry(required(row, "user_id", UUID.class), health(row)))
                .all();
        return database.guard(rows.collect(Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }

    @Override
    public Mono<Map<UUID, Pauses>> pauses(Collection<UUID> userIds) {
        return pauses.of(userIds);
    }

    @Override
    public Mono<Timeline> timeline(UUID userId, Timeline.Query query) {
        return timeline.page(userId, query);
    }

    @Override
    public Mono<Past> past(UUID userId, Instant at) {
        return past.past(userId, at);
    }

    @Override
    public Mono<CommandState> command(UUID userId, UUID commandId) {
        return database.guard(database.sql(COMMAND)
                .bind(0, userId)
                .bind(1, commandId)
                .map(PostgresReadModel::commandState)
                .one());
    }

    private static CommandState commandState(Readable row) {
        return required(row, "state", String.class).equals("rejected")
                ? new CommandState.Rejected(text(row, "code"), text(row, "reason"))
                : new CommandState.Done();
    }

    private static Snapshot snapshot(List<SnapshotRow> found) {
        List<ConnectorHealth> rows = new ArrayList<>();
        found.forEach(row -> row.health().ifPresent(rows::add));
        SnapshotRow any = found.getFirst();
        return new Snapshot(new Reading(rows, any.asOf(), true), any.at());
    }

    private static ConnectorHealth health(Readable row) {
        String failureClass = text(row, "failure_class");
        return new ConnectorHealth(
                required(row, "connector_name", String.class),
                required(row, "provider", String.class),
                text(row, "account"),
                required(row, "grant_id", UUID.class),
                Condition.ofWireName(required(row, "condition", String.class)),
                failureClass == null ? null : FailureClass.valueOf(failureClass),
                text(row, "error_code"),
                time(row, "last_success_at"),
                time(row, "last_failure_at"),
                required(row, "changed_at", Instant.class));
    }

    private record SnapshotRow(Instant at, @Nullable Instant asOf, Optional<ConnectorHealth> health) {

        static SnapshotRow of(Readable row) {
            boolean noConnector = text(row, "connector_name") == null;
            return new SnapshotRow(
                    required(row, "at", Instant.class),
                    time(row, "caught_up_at"),
                    noConnector ? Optional.empty() : Optional.of(PostgresReadModel.health(row)));
        }
    }
}
