package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic folded anew. */
@ExtendWith(Backends.class)
class ReplayTest {

    private final Scene scene = new Scene();
    private final NotingFold fold = scene.fold();
    private final List<Replay<ConnectorEvent>> opened = new CopyOnWriteArrayList<>();
    private final List<String> waited = new ArrayList<>();
    private long passed;

    private final Replay.Watcher watcher = new Replay.Watcher() {
        @Override
        public void passed(long records) {
            passed += records;
        }

        @Override
        public synchronized void waits(String why) {
            waited.add(why);
        }
    };

    @AfterEach
    void close() {
        opened.forEach(Replay::close);
        scene.close();
    }

    @Test
    void folds_what_lies_before_the_end_and_says_how_far_it_is() throws Exception {
        scene.send(1_200);
        Map<Integer, Long> ends = ends();

        replay().fold(
                        ends.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue() - end.getKey() * 5)),
                        watcher);

        assertThat(scene.folded()).isEqualTo(1_195);
        assertThat(passed).isEqualTo(1_195);
        assertThat(scene.number("SELECT sum(next_offset) FROM projection_offset"))
                .isEqualTo(1_195);
    }

    @Test
    void publishes_nothing_and_buries_nothing() throws Exception {
        scene.send(10);
        scene.send(UUID.randomUUID().toString(), "lifeline.connector-polled.v1", new byte[] {'{'}, 0, null);
        scene.send(UUID.randomUUID().toString(), "lifeline.of-tomorrow.v9", new byte[] {'{', '}'}, 1, null);
        ConnectorPolled poison = Scene.polled(UUID.randomUUID(), 666);
        scene.send(poison);
        scene.flush();
        fold.before = received -> {
            if (received.message().equals(poison)) {
                throw new IllegalStateException("a bug");
            }
        };
        Replay<ConnectorEvent> replay = replay();

        replay.fold(ends(), watcher);

        assertThat(scene.folded()).isEqualTo(10);
        assertThat(replay.passedOver()).isEqualTo(new Replay.PassedOver(2, 1));
        assertThat(scene.number("SELECT count(*) FROM outbox")).isZero();
        assertThat(scene.read(scene.out)).isEmpty();
        assertThat(scene.read(Topics.deadLetters(scene.events))).isEmpty();
    }

    @Test
    void goes_on_where_an_earlier_one_was_broken_off() throws Exception {
        scene.send(1_000);
        Map<Integer, Long> ends = ends();
        replay().fold(Map.of(0, 100L, 1, 1L), watcher);

        replay().fold(ends, watcher);

        assertThat(scene.folded()).isEqualTo(1_000);
        replay().fold(ends, watcher);
        assertThat(scene.folded()).isEqualTo(1_000);
        assertThat(passed).isEqualTo(1_000);
    }

    @Test
    void goes_on_to_later_ends() throws Exception {
        Replay<ConnectorEvent> replay = replay();
        for (int i = 1; i <= 5; i++) {
            scene.send(100);
            assertThat(replay.left(ends(), watcher)).isEqualTo(100);
            replay.fold(ends(), watcher);
            assertThat(scene.folded()).isEqualTo(100L * i);
        }
    }

    @Test
    void breaks_off_when_it_is_told_to() throws Exception {
        scene.send(3_000);
        Map<Integer, Long> ends = ends();
        fold.before = received -> {
            if (received.at().offset() == 50) {
                Thread.currentThread().interrupt();
            }
        };
        CompletableFuture<Void> broken = CompletableFuture.runAsync(() -> {
            try {
                replay().fold(ends, watcher);
            } catch (InterruptedException | SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(broken::join).hasMessageContaining("Interrupt");

        fold.before = received -> {};
        replay().fold(ends, watcher);
        assertThat(scene.folded()).isEqualTo(3_000);
    }

    @Test
    void folds_of_one_user_only_what_is_the_users() throws Exception {
        UUID user = UUID.randomUUID();
        scene.send(50);
        scene.send(Scene.polled(user, 1));
        scene.send(50);
        scene.send(Scene.polled(user, 2));
        scene.send(50);

        replay().only(user.toString()::equals).fold(ends(), watcher);

        assertThat(scene.folded()).isEqualTo(2);
        assertThat(scene.number("SELECT sum(next_offset) FROM projection_offset"))
                .isEqualTo(152);
    }

    @Test
    void lets_time_pass_until_the_fold_has_nothing_to_do_about_it() throws Exception {
        scene.send(10);
        int[] left = {3};
        List<Instant> times = new ArrayList<>();
        NotingFold patient = new NotingFold(scene.events, scene.out) {
            @Override
            public List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) {
                times.add(caughtUpAt);
                return left[0]-- > 0
                        ? List.of(handOn(new Received<>(
                                new dev.lifeline.events.SourcePosition(scene.events.name(), 0, 0),
                                caughtUpAt,
                                Scene.polled(UUID.randomUUID(), 1))))
                        : List.of();
            }
        };
        Replay<ConnectorEvent> replay = scene.runtime.replay(patient, scene.pool);
        replay.fold(ends(), watcher);
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");

        replay.passTime(0, noon);

        assertThat(times).containsExactly(noon, noon, noon, noon);
        assertThat(scene.number("SELECT count(*) FROM outbox")).isZero();
    }

    @Test
    void waits_while_a_store_is_away() throws Exception {
        scene.send(2_000);
        Map<Integer, Long> ends = ends();
        Backends.kafka().stop();
        CompletableFuture<Void> replayed = CompletableFuture.runAsync(() -> {
            try {
                replay().fold(ends, watcher);
            } catch (InterruptedException | SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        Scene.eventually().until(() -> !waited.isEmpty());
        Backends.kafka().start();
        replayed.join();
        assertThat(scene.folded()).isEqualTo(2_000);
    }

    @Test
    void is_the_same_when_any_step_of_its_transactions_fails() throws Exception {
        scene.send(3_000);
        FailingSource source = new FailingSource(scene.pool);
        replay(source).fold(ends(), watcher);
        assertThat(source.failures()).isGreaterThan(5);
        assertThat(scene.folded()).isEqualTo(3_000);
    }

    @Test
    void stops_when_the_log_was_cut_off_before_it_was_read() throws Exception {
        scene.send(100);
        Map<Integer, Long> ends = ends();
        replay().fold(Map.of(0, 1L, 1, 1L), watcher);
        try (var admin = Backends.kafka().admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(scene.events.name(), 0), RecordsToDelete.beforeOffset(10)))
                    .all()
                    .get();
        }
        assertThatThrownBy(() -> replay().fold(ends, watcher)).isInstanceOf(OffsetOutOfRangeException.class);
        assertThat(replay().beginnings()).isEqualTo(Map.of(0, 10L, 1, 0L));
    }

    @Test
    void begins_where_it_was_said_that_the_log_begins_or_not_at_all() throws Exception {
        scene.send(100);
        Map<Integer, Long> ends = ends();
        Replay<ConnectorEvent> replay = replay();
        replay.begin(replay.beginnings());
        try (var admin = Backends.kafka().admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(scene.events.name(), 0), RecordsToDelete.beforeOffset(10)))
                    .all()
                    .get();
        }
        assertThatThrownBy(() -> replay.fold(ends, watcher)).isInstanceOf(OffsetOutOfRangeException.class);
    }

    @Test
    @Timeout(30)
    void does_not_wait_for_what_the_log_has_lost() {
        scene.send(100);
        assertThatThrownBy(() -> replay().fold(Map.of(0, 1_000L), watcher))
                .isInstanceOf(LogUnreachableException.class)
                .hasMessageContainingAll("-0 ends at", "folded up to 1000", "remedy");
        assertThat(scene.folded()).isZero();
    }

    private Replay<ConnectorEvent> replay() {
        return replay(scene.pool);
    }

    private Replay<ConnectorEvent> replay(DataSource database) {
        Replay<ConnectorEvent> replay = scene.runtime.replay(fold, database);
        opened.add(replay);
        return replay;
    }

    private Map<Integer, Long> ends() {
        return scene.read(scene.events).stream()
                .collect(Collectors.toMap(record -> record.partition(), record -> record.offset() + 1, Math::max));
    }
}
