package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;
import static dev.lifeline.query.adapter.postgres.Columns.time;

import dev.lifeline.events.Operator;
import dev.lifeline.events.Topics;
import dev.lifeline.query.application.Signal;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One connection of its own on which this instance listens, and asks every second how far the projector has come. The
 * question is also how it knows that the connection still lives: one that is silent is lost. A lost one is opened anew,
 * at once and then backing off.
 */
final class PostgresSignals implements Signal.Source {

    /** Whose rows have changed: user ids joined by commas, or {@code *} for everybody's. */
    static final String READ_MODEL = "read_model";

    /** Which session has ended, by name. */
    static final String SESSION_ENDED = "web_session_ended";

    private static final Logger log = LoggerFactory.getLogger(PostgresSignals.class);
    private static final String LISTEN = "LISTEN " + READ_MODEL + "; LISTEN " + SESSION_ENDED;
    private static final String BEAT =
            "SELECT now() AS now, partition, caught_up_at, autonomy_at FROM (SELECT 1) one LEFT JOIN"
                    + " (SELECT partition, CASE WHEN count(caught_up_at) = count(*) AND count(*) >= 3 THEN min(caught_up_at) END"
                    + " AS caught_up_at, min(caught_up_at) FILTER (WHERE projection = 'lifeline-projector-autonomy')"
                    + " AS autonomy_at FROM " + Freshness.PARTITIONS + " GROUP BY partition) p ON TRUE";
    private static final int RETRIES_UNMENTIONED = 4;
    private static final Duration BEAT_EVERY = Duration.ofSeconds(1);

    private final ConnectionFactory connections;
    private final Duration patience;
    private final Flux<Signal> signals;
    private volatile boolean watching;

    /**
     * @param connections gives connections that are not pooled
     * @param patience after how long without an answer the connection counts as lost
     */
    PostgresSignals(ConnectionFactory connections, Duration patience) {
        this.connections = connections;
        this.patience = patience;
        this.signals = Flux.defer(this::watch)
                .onErrorResume(failure ->
                        watching ? Flux.just(new Signal.Lost()).concatWith(Flux.error(failure)) : Flux.error(failure))
                .doOnNext(this::note)
                // A signal resets the back-off.
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(50))
                        .maxBackoff(Duration.ofSeconds(2))
                        .transientErrors(true)
                        .doBeforeRetry(PostgresSignals::note))
                .share();
    }

    @Override
    public Flux<Signal> signals() {
        // Whoever is slow keeps only what is his own fault; the others go on.
        return signals.onBackpressureBuffer();
    }

    /** Whether changes are being told now. */
    boolean watching() {
        return watching;
    }

    private Flux<Signal> watch() {
        return Flux.usingWhen(
                Mono.from(connections.create()).cast(PostgresqlConnection.class).timeout(patience),
                this::watch,
                connection -> connection.close().timeout(patience).onErrorComplete());
    }

    private Flux<Signal> watch(PostgresqlConnection connection) {
        Flux<Signal> told = connection.getNotifications().mapNotNull(PostgresSignals::signal);
        Flux<Signal> watched = connection
                .createStatement(LISTEN)
                .execute()
                .flatMap(PostgresqlResult::getRowsUpdated)
                .then(beat(connection))
                .timeout(patience)
                .flatMapMany(first -> Flux.just(new Signal.Watching(), first));
        // The notifications first: none is to come before somebody receives it.
        return Flux.merge(
                told.concatWith(Flux.error(() -> new IllegalStateException("the connection has ended"))),
                watched.concatWith(beats(connection)));
    }

    private Flux<Signal> beats(PostgresqlConnection connection) {
        return Flux.interval(BEAT_EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> beat(connection).timeout(patience), 1);
    }

    private static Mono<Signal> beat(PostgresqlConnection connection) {
        return connection
                .createStatement(BEAT)
                .execute()
                .flatMap(result -> result.map((Readable row) -> Partition.of(row)))
                .collectList()
                .map(PostgresSignals::beat);
    }

    private static Signal beat(List<Partition> partitions) {
        Map<Integer, Instant> caughtUpAt = new HashMap<>();
        int count = 0;
        for (Partition partition : partitions) {
            if (partition.number() != null) {
                count++;
                if (partition.caughtUpAt() != null) {
                    caughtUpAt.put(partition.number(), partition.caughtUpAt());
                }
            }
        }
        return new Signal.Beat(
                withOperator(caughtUpAt, partitions, count),
                count,
                partitions.getFirst().now());
    }

    /** What the operator decides for everybody concerns every user: nothing is fresher than that. */
    private static Map<Integer, Instant> withOperator(
            Map<Integer, Instant> caughtUpAt, List<Partition> partitions, int count) {
        int operators = count == 0 ? 0 : Topics.partitionOf(Operator.ID, count);
        Map<Integer, Instant> known = new HashMap<>();
        for (Partition partition : partitions) {
            if (partition.number() != null && partition.number() == operators && partition.autonomyAt() != null) {
                Instant most = partition.autonomyAt();
                caughtUpAt.forEach((number, at) -> known.put(number, at.isBefore(most) ? at : most));
            }
        }
        return known;
    }

    private static @Nullable Signal signal(Notification notification) {
        String payload = String.valueOf(notification.getParameter());
        return switch (notification.getName()) {
            case SESSION_ENDED -> new Signal.SignedOut(payload);
            case READ_MODEL -> payload.equals("*") ? new Signal.AllChanged() : changed(payload);
            default -> null;
        };
    }

    private static Signal changed(String payload) {
        try {
            return new Signal.Changed(
                    Arrays.stream(payload.split(",")).map(UUID::fromString).collect(Collectors.toSet()));
        } catch (IllegalArgumentException e) {
            log.warn("a notification of {} is not understood, all is read again: {}", READ_MODEL, payload);
            return new Signal.AllChanged();
        }
    }

    /** Once an outage, and not for a connection that is back at once. */
    private static void note(Retry.RetrySignal retry) {
        if (retry.totalRetriesInARow() == RETRIES_UNMENTIONED) {
            log.warn(
                    "{} can not be listened to; trying on: {}",
                    READ_MODEL,
                    retry.failure().toString());
        }
    }

    private void note(Signal signal) {
        if (signal instanceof Signal.Watching && !watching) {
            watching = true;
            log.info("listening to {}", READ_MODEL);
        } else if (signal instanceof Signal.Lost && watching) {
            watching = false;
            log.warn("the connection that listens to {} is lost; it is being opened again", READ_MODEL);
        }
    }

    private record Partition(
            @Nullable Integer number,
            @Nullable Instant caughtUpAt,
            @Nullable Instant autonomyAt,
            Instant now) {

        static Partition of(Readable row) {
            return new Partition(
                    row.get("partition", Integer.class),
                    time(row, "caught_up_at"),
                    time(row, "autonomy_at"),
                    required(row, "now", Instant.class));
        }
    }
}
