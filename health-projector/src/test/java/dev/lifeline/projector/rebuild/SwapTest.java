package dev.lifeline.projector.rebuild;

import static dev.lifeline.projector.rebuild.Rebuilding.rebuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Topics;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGStatement;

/** The rebuilt read model takes the place of the live one. */
@ExtendWith(Backends.class)
class SwapTest {

    private static final Duration GRACE = Duration.ofMillis(200);

    private final Projection projection = new Projection(GRACE);
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicLong reads = new AtomicLong();

    @BeforeEach
    void fold_a_history() {
        projection.startAll();
        IntStream.range(0, 6).forEach(seed -> projection.publish(RichHistory.of(UUID.randomUUID(), seed)));
        projection.publish(RichHistory.operators());
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS);
    }

    @AfterEach
    void stop() {
        going.set(false);
        projection.close();
    }

    @Test
    void readers_never_see_an_error_or_an_empty_moment_while_events_keep_coming() throws Exception {
        List<CompletableFuture<Void>> readers = IntStream.range(0, 3)
                .mapToObj(n -> CompletableFuture.runAsync(this::read))
                .toList();
        CompletableFuture<Void> events = CompletableFuture.runAsync(() -> {
            for (int seed = 100; going.get(); seed++) {
                // at a pace: on a slow machine there would be ever more to read, and reads would take ever longer
                projection.publish(RichHistory.of(UUID.randomUUID(), seed).peek(event -> pause()));
            }
        });

        for (String schema : List.of("replay_a", "replay_b", "replay_c")) {
            swap(schema);
        }

        going.set(false);
        events.join();
        readers.forEach(CompletableFuture::join);
        assertThat(reads).hasValueGreaterThan(100);
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS);
        assertThat(rebuild(projection, "replay_after", GRACE).first()).isEmpty();
        assertThat(projection.server.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'replay_a'"))
                .isEqualTo("0");
    }

    @Test
    void mends_what_was_changed_by_hand_and_keeps_what_was_there() throws Exception {
        projection.database.execute("UPDATE autonomy_state SET paused = NOT paused");

        swap("replay_mend");

        assertThat(rebuild(projection, "replay_mended", GRACE).first()).isEmpty();
        assertThat(projection.server.value("SELECT count(*) FROM read_model.autonomy_state live"
                        + " JOIN replay_mend_before.autonomy_state before USING (user_id, paused)"))
                .isEqualTo("0");
    }

    @Test
    void gives_way_to_a_reader_that_takes_long() throws Exception {
        try (Connection reader = projection.database.connect()) {
            reader.setAutoCommit(false);
            reader.createStatement().executeQuery("SELECT count(*) FROM timeline");
            CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> swap("replay_patient"));
            Projection.eventually()
                    .until(() -> projection.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            reader.createStatement().executeQuery("SELECT count(*) FROM connector_health");
            reader.commit();
            swapping.join();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }

    private void swap(String schema) {
        try (Rebuild rebuild = Rebuilding.open(projection, schema, GRACE)) {
            rebuild.swap(new Rebuilding.Counted());
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads as query-api does: with statements that the server has planned before. */
    private void read() {
        Database reader = new Database(
                projection.server.host(),
                projection.server.port(),
                projection.server.name(),
                "lifeline_query",
                "lifeline_query",
                "read_model");
        try (Connection connection = reader.connect();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT count(DISTINCT user_id), count(*) FROM users LEFT JOIN connector_health USING (user_id)
                        LEFT JOIN timeline USING (user_id)
                        """)) {
            select.unwrap(PGStatement.class).setPrepareThreshold(1);
            long users = 0;
            long lines = 0;
            while (going.get()) {
                try (ResultSet found = select.executeQuery()) {
                    found.next();
                    if (found.getLong(1) < users || found.getLong(2) < lines) {
                        throw new AssertionError("there were %d users and %d lines, and now %d and %d"
                                .formatted(users, lines, found.getLong(1), found.getLong(2)));
                    }
                    users = found.getLong(1);
                    lines = found.getLong(2);
                    reads.incrementAndGet();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
