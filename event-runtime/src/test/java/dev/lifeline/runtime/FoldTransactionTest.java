package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances that both believe to own a partition. */
@ExtendWith(Backends.class)
class FoldTransactionTest {

    private final Scene scene = new Scene();
    private final NotingFold ownersFold = scene.fold();
    private final NotingFold zombiesFold = new NotingFold(scene.events, scene.out) {
        @Override
        public List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) {
            throw new AssertionError("a zombie must not come so far");
        }
    };
    private final FoldTransaction<ConnectorEvent> owner = transaction(ownersFold);
    private final FoldTransaction<ConnectorEvent> zombie = transaction(zombiesFold);
    private TopicPartition partition = new TopicPartition(scene.events.name(), 0);
    private List<ConsumerRecord<byte[], byte[]>> records = List.of();

    @BeforeEach
    void send() throws Exception {
        scene.send(20);
        List<ConsumerRecord<byte[], byte[]>> all = scene.read(scene.events);
        partition = new TopicPartition(scene.events.name(), all.getFirst().partition());
        records = all.stream()
                .filter(record -> record.partition() == partition.partition())
                .toList();
        owner.begin(Map.of(partition, 0L));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void the_one_that_comes_second_changes_nothing() throws Exception {
        owner.fold(partition, 0, records);

        assertThatThrownBy(() -> zombie.fold(partition, 0, records)).isInstanceOf(LostPartitionException.class);

        assertThat(scene.folded()).isEqualTo(records.size());
        assertThat(scene.number("SELECT sum(cardinality(event_ids)) FROM outbox"))
                .isEqualTo(records.size());
        assertThat(owner.stored(partition)).map(OffsetAndMetadata::offset).hasValue((long) records.size());
    }

    @Test
    void the_one_that_comes_while_the_other_folds_waits_and_changes_nothing() throws Exception {
        CountDownLatch folding = new CountDownLatch(1);
        CountDownLatch zombieHasTried = new CountDownLatch(1);
        ownersFold.before = received -> {
            folding.countDown();
            await(zombieHasTried);
        };
        CompletableFuture<Void> owned = CompletableFuture.runAsync(() -> fold(owner), Thread::startVirtualThread);
        folding.await();
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> fold(zombie), Thread::startVirtualThread);
        Scene.eventually()
                .until(() -> scene.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND datname = current_database()")
                        == 1);
        zombieHasTried.countDown();

        owned.join();
        assertThatThrownBy(late::join).hasRootCauseInstanceOf(LostPartitionException.class);
        assertThat(scene.folded()).isEqualTo(records.size());
    }

    @Test
    void the_zombie_can_not_let_time_pass_either() throws Exception {
        owner.fold(partition, 0, records);

        assertThatThrownBy(() -> zombie.tick(partition, 0, Instant.now())).isInstanceOf(LostPartitionException.class);

        assertThat(scene.database.value("SELECT caught_up_at FROM projection_offset"))
                .isNull();
    }

    @Test
    void the_zombie_can_not_skip_a_record_or_send_it_to_the_dead_letters() throws Exception {
        owner.fold(partition, 0, records);

        assertThatThrownBy(() -> zombie.skip(partition, 0, records.getFirst(), new IllegalStateException()))
                .isInstanceOf(LostPartitionException.class);

        assertThat(scene.read(Topics.deadLetters(scene.events))).isEmpty();
    }

    @Test
    void the_heartbeat_never_goes_back() throws Exception {
        Instant late = Instant.parse("2026-01-01T12:00:00Z");
        owner.tick(partition, 0, late);

        owner.tick(partition, 0, late.minusSeconds(60));

        assertThat(scene.database.value("SELECT caught_up_at = '" + late + "' FROM projection_offset"))
                .isEqualTo("t");
    }

    @Test
    void what_was_said_before_the_databases_clock_was_set_back_counts_no_more() throws Exception {
        owner.tick(partition, 0, Instant.now().plusSeconds(3600));

        owner.tick(partition, 0, Instant.now());

        assertThat(scene.database.value("SELECT caught_up_at <= clock_timestamp() FROM projection_offset"))
                .isEqualTo("t");
    }

    @Test
    void while_the_dead_letters_are_waited_for_the_fold_has_not_begun() throws Exception {
        List<String> heard = new ArrayList<>();
        NotingFold fold = new NotingFold(scene.events, scene.out) {
            @Override
            public List<Outgoing> buried(SourcePosition at, @Nullable String key, String reason, Connection tx) {
                heard.add(reason);
                return List.of();
            }
        };
        Effects away = new Effects() {
            @Override
            public void publish(
                    Connection tx,
                    TopicPartition source,
                    List<Outgoing> caused,
                    List<ConsumerRecord<byte[], byte[]>> records) {}

            @Override
            public void bury(List<Poison> dead) {
                throw new PublishFailedException("Kafka is away", null);
            }

            @Override
            public void bury(ConsumerRecord<byte[], byte[]> dead, Exception reason) {
                throw new PublishFailedException("Kafka is away", null);
            }
        };
        FoldTransaction<ConnectorEvent> burying = new FoldTransaction<>(
                fold,
                new Transactions(scene.pool),
                away,
                scene.runtime.codec(),
                new FoldMeters(scene.meters, fold.name()));
        ConsumerRecord<byte[], byte[]> nothing =
                new ConsumerRecord<>(partition.topic(), partition.partition(), 0, new byte[0], new byte[0]);

        assertThatThrownBy(() -> burying.fold(partition, 0, List.of(nothing)))
                .isInstanceOf(PublishFailedException.class);
        assertThatThrownBy(() -> burying.skip(partition, 0, records.getFirst(), new IllegalStateException()))
                .isInstanceOf(PublishFailedException.class);

        assertThat(heard).isEmpty();
        assertThat(owner.stored(partition)).map(OffsetAndMetadata::offset).hasValue(0L);
    }

    private FoldTransaction<ConnectorEvent> transaction(NotingFold fold) {
        return new FoldTransaction<>(
                fold,
                new Transactions(scene.pool),
                new LiveEffects(fold, scene.runtime),
                scene.runtime.codec(),
                new FoldMeters(scene.meters, fold.name()));
    }

    private void fold(FoldTransaction<ConnectorEvent> instance) {
        try {
            instance.fold(partition, 0, records);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
