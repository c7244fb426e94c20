package dev.lifeline.projector.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.ReadModelSchema;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.projector.rebuild.Rebuild;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each row is proven once a day. */
@ExtendWith(Backends.class)
class VerificationTest {

    private static final Duration GRACE = Duration.ofMillis(200);
    private static final Duration DAY = Duration.ofDays(1);

    private final Projection projection = new Projection(GRACE);
    private final HikariDataSource service = pool(projection);
    private final Verification verification = hurried(projection.runtime, DAY);

    @BeforeEach
    void fold_a_rich_history() {
        projection.startAll();
        IntStream.range(0, 6).forEach(seed -> projection.publish(RichHistory.of(UUID.randomUUID(), seed)));
        projection.publish(RichHistory.operators());
        projection.publish(RichHistory.erased());
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS, Topics.USER_EVENTS);
    }

    @AfterEach
    void stop() {
        service.close();
        projection.close();
    }

    @Test
    void all_is_proven_at_once_and_then_each_partition_once_a_day() throws Exception {
        long before = rowsOfAll();
        List<Integer> proven = new ArrayList<>();
        for (int quarter = 0; quarter < 12; quarter++) {
            for (Optional<DifferingRow.Report> report = verification.round();
                    report.isPresent();
                    report = verification.round()) {
                proven.add(report.get().partition());
            }
            assertThat(verification.standing().oldestSeconds()).isLessThan((double) DAY.toSeconds());
            pass(DAY.dividedBy(4));
        }

        assertThat(proven).containsExactly(0, 1, 0, 1, 0, 1, 0);
        Standing standing = verification.standing();
        assertThat(standing.different()).isZero();
        // some become stale meanwhile, of which a line tells
        assertThat(standing.rows()).isBetween(before, rowsOfAll());
    }

    @Test
    void another_start_goes_on_where_the_one_before_was() throws Exception {
        verification.round();
        verification.round();
        pass(Duration.ofHours(12));

        Verification restarted = hurried(Projection.newRuntime(), DAY);

        assertThat(restarted.round())
                .get()
                .extracting(DifferingRow.Report::partition)
                .isEqualTo(0);
        assertThat(restarted.round()).isEmpty();
    }

    @Test
    void two_share_the_work_and_do_none_of_it_twice() throws Exception {
        Verification other = hurried(Projection.newRuntime(), DAY);
        List<Integer> proven = new ArrayList<>();
        for (int quarter = 0; quarter < 3; quarter++) {
            CompletableFuture<Optional<DifferingRow.Report>> both = CompletableFuture.supplyAsync(() -> round(other));
            round(verification).ifPresent(report -> proven.add(report.partition()));
            both.join().ifPresent(report -> proven.add(report.partition()));
            pass(Duration.ofHours(6).minusMinutes(1));
        }
        assertThat(proven).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void what_was_changed_by_hand_is_found_named_and_mended() throws Exception {
        projection.database.execute(
                "UPDATE connector_health SET account = 'mallory' WHERE ctid = (SELECT min(ctid) FROM connector_health)",
                "DELETE FROM timeline WHERE ctid = (SELECT min(ctid) FROM timeline)",
                "INSERT INTO users VALUES ('99999999-9999-4999-8999-999999999999')",
                "UPDATE operator_pause SET reason = 'mallory'");
        String user = projection.database.value("SELECT user_id FROM connector_health WHERE account = 'mallory'");

        List<DifferingRow> found = new ArrayList<>();
        found.addAll(proveAll(verification));

        assertThat(found)
                .extracting(DifferingRow::table)
                .containsExactlyInAnyOrder("connector_health", "timeline", "users", "operator_pause");
        assertThat(found).anySatisfy(row -> {
            assertThat(row.table()).isEqualTo("connector_health");
            assertThat(row.key()).startsWith(user + ", ");
            assertThat(row.userId()).isEqualTo(UUID.fromString(String.valueOf(user)));
        });
        assertThat(found.toString()).doesNotContain("mallory");
        assertThat(verification.standing().different()).isEqualTo(4);
        assertThat(projection.number("SELECT count(*) FROM verification_difference"))
                .isEqualTo(4);
    }

    @Test
    void what_is_folded_meanwhile_is_no_difference() throws Exception {
        Verification always = hurried(Projection.newRuntime(), Duration.ofMillis(1));
        CompletableFuture<Void> events = CompletableFuture.runAsync(() -> IntStream.range(100, 160)
                .forEach(seed -> projection.publish(
                        seed % 5 == 0 ? RichHistory.erased() : RichHistory.of(UUID.randomUUID(), seed))));
        int rounds = 0;
        while (!events.isDone() || rounds < 4) {
            Optional<DifferingRow.Report> report = always.round();
            assertThat(report.map(DifferingRow.Report::first).orElse(List.of())).isEmpty();
            rounds += report.isPresent() ? 1 : 0;
        }
        events.join();
        assertThat(rounds).isGreaterThan(3);
    }

    @Test
    void a_swap_meanwhile_is_no_difference() throws Exception {
        Verification always = hurried(Projection.newRuntime(), Duration.ofMillis(1));
        Database server = projection.server;
        CompletableFuture<Void> swaps = CompletableFuture.runAsync(() -> {
            for (int swap = 0; swap < 3; swap++) {
                projection.publish(RichHistory.of(UUID.randomUUID(), swap));
                PostgresAccess access = new PostgresAccess(
                        server.host(), server.port(), server.name(), server.user(), server.password());
                try (Rebuild rebuild = Rebuild.into("replay_" + swap, access, projection.runtime, GRACE)) {
                    rebuild.swap(Rebuild.Progress.UNHEARD);
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        while (!swaps.isDone()) {
            assertThat(always.round().map(DifferingRow.Report::first).orElse(List.of()))
                    .isEmpty();
        }
        swaps.join();
        pass(DAY);
        assertThat(proveAll(verification)).isEmpty();
    }

    @Test
    void one_that_is_killed_leaves_nothing_behind() throws Exception {
        Verification always = new Verification(service, Projection.newRuntime(), GRACE, Duration.ofMillis(1));
        CompletableFuture<Void> killing = CompletableFuture.runAsync(() -> Projection.eventually()
                .until(() -> projection.server.value(
                                "SELECT max(pg_terminate_backend(pid)::text) FROM pg_stat_activity"
                                        + " WHERE application_name = 'lifeline-verification pg_temp' AND query LIKE '%projection_offset%'")
                        != null));
        int failed = 0;
        while (!killing.isDone()) {
            try {
                always.round();
            } catch (SQLException | RuntimeException e) {
                failed++;
            }
        }
        assertThat(failed).isPositive();
        Projection.eventually()
                .until(
                        () -> projection.server.value(
                                "SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relname = 'connector_health'"),
                        "0"::equals);

        pass(DAY);
        assertThat(proveAll(verification)).isEmpty();
        assertThat(projection.number("SELECT count(*) FROM verification WHERE verified_at IS NULL"))
                .isZero();
    }

    /** One that takes no rest. */
    private Verification hurried(EventRuntime runtime, Duration every) {
        return new Verification(service, runtime, GRACE, every, () -> Rebuild.Progress.UNHEARD);
    }

    private List<DifferingRow> proveAll(Verification one) throws Exception {
        List<DifferingRow> found = new ArrayList<>();
        for (int partition = 0; partition < 2; partition++) {
            found.addAll(one.round().orElseThrow().first());
            pass(Duration.ofHours(12));
        }
        return found;
    }

    /** Turns the clock. */
    private void pass(Duration time) {
        String earlier = " - interval '" + time.toSeconds() + " seconds'";
        projection.database.execute("UPDATE verification SET since = since" + earlier + ", tried_at = tried_at"
                + earlier + ", verified_at = verified_at" + earlier);
    }

    private long rowsOfAll() {
        return ReadModelSchema.TABLES.stream()
                .mapToLong(table -> projection.number("SELECT count(*) FROM " + table))
                .sum();
    }

    private static Optional<DifferingRow.Report> round(Verification one) {
        try {
            return one.round();
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HikariDataSource pool(Projection projection) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(projection.database.jdbcUrl());
        config.setUsername(projection.database.user());
        config.setPassword(projection.database.password());
        config.setSchema("read_model");
        config.setMaximumPoolSize(3);
        return new HikariDataSource(config);
    }
}
