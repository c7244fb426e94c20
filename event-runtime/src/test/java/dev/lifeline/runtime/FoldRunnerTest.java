package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.KafkaBackend;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class FoldRunnerTest {

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void folds_each_record_and_publishes_what_it_causes_in_the_order_of_the_log() {
        scene.send(300);
        scene.start(scene.fold(), scene.pool);
        List<ConnectorPolled> later = scene.send(300);

        Scene.eventually().untilAsserted(() -> assertThat(scene.folded()).isEqualTo(600));
        Scene.eventually()
                .untilAsserted(() ->
                        assertThat(attempts(scene.read(scene.out))).isEqualTo(attempts(scene.read(scene.events))));
        assertThat(scene.number("SELECT sum(next_offset) FROM projection_offset"))
                .isEqualTo(600);
        assertThat(scene.number("SELECT count(*) FROM outbox")).isZero();
        assertThat(later).hasSize(300);
    }

    @Test
    void what_it_publishes_is_a_cloud_event_with_an_id_made_from_its_cause() {
        UUID user = UUID.randomUUID();
        scene.send(Scene.polled(user, 7));
        scene.start(scene.fold(), scene.pool);

        Scene.eventually().until(() -> scene.read(scene.out).size() == 1);
        ConsumerRecord<byte[], byte[]> cause = scene.read(scene.events).getFirst();
        ConsumerRecord<byte[], byte[]> published = scene.read(scene.out).getFirst();
        assertThat(published.partition()).isEqualTo(Scene.partition(user));
        assertThat(new String(published.key(), UTF_8)).isEqualTo(user.toString());
        assertThat(header(published, CloudEvent.TYPE_HEADER)).isEqualTo("lifeline.connector-polled.v1");
        assertThat(header(published, CloudEvent.SOURCE_HEADER)).isEqualTo("/lifeline/test");
        String name =
                scene.events.name() + "/" + cause.partition() + "/" + cause.offset() + "/" + scene.out.name() + "/0";
        assertThat(header(published, CloudEvent.ID_HEADER))
                .isEqualTo(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString());
    }

    @Test
    void every_partition_has_a_stored_offset_and_a_heartbeat_though_nothing_was_ever_sent() {
        FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);

        Scene.eventually()
                .until(() -> scene.number("SELECT count(caught_up_at) FROM projection_offset") == Scene.PARTITIONS);
        Scene.eventually().until(() -> runner.complaints().isEmpty());
        String first = scene.database.value("SELECT min(caught_up_at) FROM projection_offset");
        Scene.eventually()
                .until(() -> !Objects.equals(
                        scene.database.value("SELECT min(caught_up_at) FROM projection_offset"), first));
    }

    @Test
    void goes_on_exactly_where_it_was_when_each_step_fails_in_turn() {
        FailingSource source = new FailingSource(scene.pool);
        scene.start(scene.fold(), source);
        for (int i = 0; i < 15; i++) {
            scene.send(10);
            int sent = (i + 1) * 10;
            Scene.eventually().until(() -> scene.folded() == sent);
        }
        source.heal();

        assertThat(source.failures()).isGreaterThan(10);
        Scene.eventually().until(() -> scene.number("SELECT count(*) FROM outbox") == 0);
        assertThat(attempts(distinct(scene.read(scene.out)))).isEqualTo(attempts(scene.read(scene.events)));
        assertThat(scene.number("SELECT sum(next_offset) FROM projection_offset"))
                .isEqualTo(150);
    }

    @Test
    void publishes_what_was_committed_although_nobody_was_told() {
        FailingSource source = new FailingSource(scene.pool);
        source.heal();
        UUID user = UUID.randomUUID();
        AtomicBoolean ticked = new AtomicBoolean();
        NotingFold fold = new NotingFold(scene.events, scene.out) {
            @Override
            public List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) {
                if (scene.folded() == 0 || partition != Scene.partition(user) || ticked.getAndSet(true)) {
                    return List.of();
                }
                source.loseTheNextAnswer();
                var at = new SourcePosition(scene.events.name(), partition, 1);
                return List.of(handOn(new Received<>(at, caughtUpAt, Scene.polled(user, 2))));
            }
        };
        fold.before = received -> source.loseTheNextAnswer();
        scene.start(fold, source);
        Scene.eventually()
                .until(() -> scene.number("SELECT count(caught_up_at) FROM projection_offset") == Scene.PARTITIONS);

        scene.send(Scene.polled(user, 1));

        Scene.eventually()
                .untilAsserted(() -> assertThat(distinct(scene.read(scene.out))).hasSize(2));
    }

    @Test
    void publishes_what_a_predecessor_left_before_what_comes_anew() throws Exception {
        scene.send(20);
        NotingFold fold = scene.fold();
        FoldTransaction<ConnectorEvent> crashed = new FoldTransaction<>(
                fold,
                new Transactions(scene.pool),
                new LiveEffects(fold, scene.runtime),
                scene.runtime.codec(),
                new FoldMeters(scene.meters, "crashed"));
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> sent = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : scene.read(scene.events)) {
            sent.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), p -> new ArrayList<>())
                    .add(record);
        }
        for (var partition : sent.entrySet()) {
            crashed.begin(Map.of(partition.getKey(), 0L));
            crashed.fold(partition.getKey(), 0, partition.getValue());
        }
        assertThat(scene.number("SELECT sum(cardinality(event_ids)) FROM outbox"))
                .isEqualTo(20);

        scene.send(20);
        scene.start(scene.fold(), scene.pool);

        Scene.eventually()
                .untilAsserted(() ->
                        assertThat(attempts(scene.read(scene.out))).isEqualTo(attempts(scene.read(scene.events))));
    }

    @Test
    void two_instances_share_the_partitions_and_fold_each_record_once() {
        NotingFold fold = scene.fold();
        FoldRunner<ConnectorEvent> first = scene.start(fold, scene.pool);
        scene.send(50);
        Scene.eventually().until(() -> scene.folded() == 50);

        scene.start(fold, scene.pool);
        IntStream.range(0, 20).forEach(i -> scene.send(10));
        first.stop();
        IntStream.range(0, 20).forEach(i -> scene.send(10));

        Scene.eventually().until(() -> scene.folded() == 450);
        Scene.eventually().until(() -> scene.number("SELECT count(*) FROM outbox") == 0);
        assertThat(attempts(distinct(scene.read(scene.out)))).isEqualTo(attempts(scene.read(scene.events)));
    }

    @Test
    void several_threads_share_the_partitions() {
        EventRuntime runtime = scene.runtime(
                new RuntimeSettings(
                        new RuntimeSettings.TopicSettings(false, Scene.PARTITIONS, (short) 1),
                        2,
                        500,
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2)),
                ObservationRegistry.NOOP);
        FoldRunner<ConnectorEvent> runner = runtime.run(scene.fold(), scene.pool);
        scene.start(runner);
        scene.send(100);

        Scene.eventually().until(() -> scene.folded() == 100);
        Scene.eventually().until(() -> runner.complaints().isEmpty());
        Scene.eventually().until(() -> runner.lag() == 0);
    }

    @Test
    void waits_for_a_topic_that_is_not_there_yet(KafkaBackend kafka) {
        kafka.deleteTopics(List.of(scene.events.name()));
        FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);
        Scene.eventually()
                .until(() -> runner.complaints().stream().anyMatch(complaint -> complaint.contains("UnknownTopic")));
        assertThat(scene.meters.get("lifeline.fold.age.seconds").gauge().value())
                .isPositive();

        kafka.createTopics(List.of(scene.events.creation(Scene.PARTITIONS, (short) 1)));
        scene.send(10);

        Scene.eventually().until(() -> scene.folded() == 10);
    }

    @Test
    void one_whose_consumer_has_died_is_old_and_says_so() {
        NotingFold fold = scene.fold();
        fold.before = received -> {
            throw new StackOverflowError("not by a fault of the store's");
        };
        FoldRunner<ConnectorEvent> runner = scene.start(fold, scene.pool);
        scene.send(10);

        Scene.eventually()
                .untilAsserted(() -> assertThat(runner.complaints())
                        .anyMatch(complaint -> complaint.contains("a consumer has ended")));
        Scene.eventually()
                .until(() ->
                        scene.meters.get("lifeline.fold.age.seconds").gauge().value() > 3);
    }

    @Test
    void an_instance_that_lost_its_partition_reads_the_stored_offset_again() {
        scene.start(scene.fold(), scene.pool);
        scene.send(40);
        Scene.eventually().until(() -> scene.folded() == 40);

        // as if the true owner were at another place: the next write of this one fails
        scene.database.execute("BEGIN; DELETE FROM folded; UPDATE projection_offset SET next_offset = 0; COMMIT");

        Scene.eventually().until(() -> scene.folded() == 40);
        assertThat(scene.number("SELECT sum(next_offset) FROM projection_offset"))
                .isEqualTo(40);
    }

    @Test
    void ticks_in_the_same_discipline() {
        AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);
        ConnectorPolled stale = Scene.polled(UUID.randomUUID(), 99);
        NotingFold fold = new NotingFold(scene.events, scene.out) {
            @Override
            public List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) {
                last.set(caughtUpAt);
                var at = new SourcePosition(scene.events.name(), partition, 0);
                return partition == 0 && scene.number("SELECT count(*) FROM outbox") == 0
                        ? List.of(handOn(new Received<>(at, caughtUpAt, stale)))
                        : List.of();
            }
        };
        scene.start(fold, scene.pool);

        Scene.eventually().until(() -> scene.read(scene.out).size() > 2);
        assertThat(distinct(scene.read(scene.out))).hasSize(1);
        assertThat(last.get()).isAfter(Instant.EPOCH);
    }

    @Test
    void folds_together_what_comes_while_it_gathers() throws Exception {
        List<Integer> batches = new CopyOnWriteArrayList<>();
        NotingFold gathering = new NotingFold(scene.events, scene.out) {
            @Override
            public Duration gathers() {
                return Duration.ofSeconds(1);
            }

            @Override
            public List<Outgoing> fold(List<Received<ConnectorEvent>> batch, Connection tx) throws SQLException {
                batches.add(batch.size());
                return super.fold(batch, tx);
            }
        };
        UUID user = UUID.randomUUID();
        scene.start(gathering, scene.pool);
        scene.send(Scene.polled(user, 0));
        Scene.eventually().until(() -> scene.folded() == 1);

        for (int i = 1; i <= 30; i++) {
            scene.send(Scene.polled(user, i));
            scene.flush();
            TimeUnit.MILLISECONDS.sleep(10);
        }

        Scene.eventually().until(() -> scene.folded() == 31);
        assertThat(batches).hasSizeLessThan(8);
    }

    @Test
    void the_heartbeat_goes_on_while_records_keep_coming() {
        scene.start(scene.fold(), scene.pool);
        scene.send(10);
        Scene.eventually().until(() -> scene.folded() == 10);
        scene.database.execute("CREATE TABLE begun AS SELECT clock_timestamp() AS at");
        try (ScheduledExecutorService sending = Executors.newSingleThreadScheduledExecutor()) {
            var each = sending.scheduleAtFixedRate(() -> scene.send(4), 0, 20, TimeUnit.MILLISECONDS);
            Scene.eventually()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> scene.number("SELECT count(*) FROM projection_offset, begun"
                                    + " WHERE caught_up_at > begun.at + interval '2 s'")
                            == Scene.PARTITIONS);
            each.cancel(false);
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return String.valueOf(CloudEvent.header(record.headers(), name));
    }

    /** The records without those that repeat an earlier one. */
    private static List<ConsumerRecord<byte[], byte[]>> distinct(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, ConsumerRecord<byte[], byte[]>> byId = new LinkedHashMap<>();
        records.forEach(record -> byId.putIfAbsent(header(record, CloudEvent.ID_HEADER), record));
        return List.copyOf(byId.values());
    }

    private static List<String> attempts(List<ConsumerRecord<byte[], byte[]>> records) {
        Codec codec = new Codec();
        return records.stream()
                .map(record -> record.partition() + ":"
                        + codec.decode(header(record, CloudEvent.TYPE_HEADER), record.value())
                                .map(ConnectorPolled.class::cast)
                                .map(event -> event.userId() + "#" + event.attempt())
                                .orElseThrow())
                .toList();
    }
}
