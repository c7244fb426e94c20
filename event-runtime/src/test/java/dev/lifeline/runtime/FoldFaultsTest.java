package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.KafkaBackend;
import dev.lifeline.testing.PostgresBackend;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class FoldFaultsTest {

    private static final UUID USER = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final String POLLED = "lifeline.connector-polled.v1";

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Nested
    class Poison {

        private final byte[] sound = new Codec().encode(Scene.polled(USER, 1));

        @Test
        void what_can_not_be_read_goes_to_the_dead_letters_with_its_bytes_and_the_partition_goes_on() {
            int partition = Scene.partition(USER);
            scene.send(USER.toString(), POLLED, "no JSON".getBytes(UTF_8), partition, null);
            scene.send(USER.toString(), null, sound, partition, null);
            scene.send(UUID.randomUUID().toString(), POLLED, sound, partition, null);
            scene.send(USER.toString(), POLLED, null, partition, null);
            scene.send(USER.toString(), POLLED, "null".getBytes(UTF_8), partition, null);
            scene.send(
                    USER.toString(),
                    "lifeline.disable-connector.v1",
                    """
                    {"userId":"%s","commandId":"%s","connectorName":"gmail","actor":"%s","actorRole":"user"}\
                    """.formatted(USER, USER, USER).getBytes(UTF_8),
                    partition,
                    null);
            scene.send(USER.toString(), "lifeline.connector-dreamt.v9", "{}".getBytes(UTF_8), partition, null);
            scene.send(Scene.polled(USER, 2));
            scene.start(scene.fold(), scene.pool);

            Scene.eventually().until(() -> scene.number("SELECT max(next_offset) FROM projection_offset") == 8);
            assertThat(scene.folded()).isEqualTo(1);
            List<ConsumerRecord<byte[], byte[]>> letters = scene.read(Topics.deadLetters(scene.events));
            assertThat(letters)
                    .extracting(letter -> header(letter, DeadLetters.OFFSET_HEADER))
                    .containsExactly("0", "1", "2", "3", "4", "5");
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.partition()).isEqualTo(partition);
                assertThat(header(letter, DeadLetters.TOPIC_HEADER)).isEqualTo(scene.events.name());
                assertThat(header(letter, DeadLetters.PARTITION_HEADER)).isEqualTo(Integer.toString(partition));
                assertThat(header(letter, DeadLetters.STAGE_HEADER)).isEqualTo("decode");
                assertThat(header(letter, DeadLetters.EXCEPTION_CLASS_HEADER)).endsWith("UnreadableMessageException");
                assertThat(header(letter, DeadLetters.EXCEPTION_MESSAGE_HEADER)).isNotBlank();
            });
            assertThat(new String(letters.getFirst().value(), UTF_8)).isEqualTo("no JSON");
            assertThat(header(letters.getFirst(), CloudEvent.TYPE_HEADER)).isEqualTo(POLLED);
            assertThat(scene.meters
                            .counter(
                                    "lifeline.fold.ignored",
                                    "fold",
                                    scene.fold().name())
                            .count())
                    .isEqualTo(1);
        }

        @Test
        void the_largest_record_that_a_topic_takes_goes_to_the_dead_letters_too() {
            byte[] large = new byte[1_048_400];
            scene.send(USER.toString(), null, large, Scene.partition(USER), null);
            scene.send(Scene.polled(USER, 1));
            scene.start(scene.fold(), scene.pool);

            Scene.eventually().until(() -> scene.folded() == 1);
            assertThat(scene.read(Topics.deadLetters(scene.events)))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.value()).isEqualTo(large));
        }

        @Test
        void a_record_on_which_the_fold_throws_is_found_among_many_and_the_others_are_folded() {
            List<ConnectorPolled> sent = scene.send(50);
            NotingFold fold = scene.fold();
            fold.before = received -> {
                if (received.message().equals(sent.get(17))) {
                    throw new IllegalStateException("I can not fold this");
                }
            };
            scene.start(fold, scene.pool);

            Scene.eventually().until(() -> scene.folded() == 49);
            Scene.eventually().until(() -> scene.number("SELECT sum(next_offset) FROM projection_offset") == 50);
            ConsumerRecord<byte[], byte[]> letter =
                    scene.read(Topics.deadLetters(scene.events)).getFirst();
            assertThat(new String(letter.key(), UTF_8)).isEqualTo(sent.get(17).key());
            assertThat(header(letter, DeadLetters.STAGE_HEADER)).isEqualTo("fold");
            assertThat(header(letter, DeadLetters.EXCEPTION_MESSAGE_HEADER)).isEqualTo("I can not fold this");
        }

        @Test
        void the_fold_hears_of_what_can_not_be_read_in_the_order_of_the_log() {
            List<String> heard = new CopyOnWriteArrayList<>();
            NotingFold fold = new NotingFold(scene.events, scene.out) {
                @Override
                public List<Outgoing> buried(SourcePosition at, @Nullable String key, String reason, Connection tx) {
                    heard.add(at.offset() + " buried");
                    return List.of();
                }
            };
            fold.before = received -> heard.add(received.at().offset() + " folded");
            int partition = Scene.partition(USER);
            byte[] noJson = "no JSON".getBytes(UTF_8);
            scene.send(USER.toString(), POLLED, noJson, partition, null);
            scene.send(USER.toString(), POLLED, sound, partition, null);
            scene.send(USER.toString(), POLLED, sound, partition, null);
            scene.send(USER.toString(), POLLED, noJson, partition, null);
            scene.send(USER.toString(), POLLED, noJson, partition, null);
            scene.send(USER.toString(), POLLED, sound, partition, null);
            scene.start(fold, scene.pool);

            Scene.eventually().until(() -> scene.number("SELECT max(next_offset) FROM projection_offset") == 6);
            assertThat(heard).containsExactly("0 buried", "1 folded", "2 folded", "3 buried", "4 buried", "5 folded");
        }

        @Test
        void what_causes_an_event_too_large_to_be_published_is_dead_lettered_and_holds_nothing_up() {
            ConnectorPolled large = new ConnectorPolled(
                    USER, "gmail", "x".repeat(1_000_000), new UUID(1, 1), 1, 1, 0, Duration.ofSeconds(5), 0);
            scene.send(large);
            scene.send(Scene.polled(USER, 2));
            scene.start(scene.fold(), scene.pool);

            Scene.eventually().until(() -> scene.read(scene.out).size() == 1);
            assertThat(scene.read(Topics.deadLetters(scene.events)))
                    .singleElement()
                    .satisfies(
                            letter -> assertThat(header(letter, DeadLetters.EXCEPTION_MESSAGE_HEADER))
                                    .matches(
                                            "lifeline.connector-polled.v1 for \\S+ has 1000\\d+ bytes, and no more than 983052 .*"));
        }

        @Test
        void a_record_that_the_database_refuses_is_dead_lettered_too() {
            scene.send(10);
            scene.database.execute("INSERT INTO folded SELECT p, 0 FROM generate_series(0, 1) p");
            scene.start(scene.fold(), scene.pool);

            Scene.eventually().until(() -> scene.number("SELECT sum(next_offset) FROM projection_offset") == 10);
            assertThat(scene.read(Topics.deadLetters(scene.events))).hasSizeBetween(1, 2);
        }
    }

    @Nested
    class Stores {

        @Test
        void while_the_database_is_away_nothing_is_lost(PostgresBackend postgres) {
            FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);
            scene.send(20);
            Scene.eventually().until(() -> scene.folded() == 20);

            postgres.stop();
            try {
                scene.send(20);
                Scene.eventually().until(() -> !runner.complaints().isEmpty());
            } finally {
                postgres.start();
            }

            Scene.eventually().until(() -> scene.folded() == 40);
            Scene.eventually().until(() -> runner.complaints().isEmpty());
            assertThat(scene.read(Topics.deadLetters(scene.events))).isEmpty();
        }

        @Test
        void while_kafka_is_away_there_is_no_heartbeat_and_nothing_is_lost(KafkaBackend kafka) {
            FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);
            scene.send(20);
            Scene.eventually().until(() -> scene.folded() == 20);
            Scene.eventually().until(() -> runner.complaints().isEmpty());

            kafka.stop();
            String lastHeartbeat;
            try {
                Scene.eventually().until(() -> !runner.complaints().isEmpty());
                lastHeartbeat = scene.database.value("SELECT max(caught_up_at) FROM projection_offset");
                scene.database.execute("SELECT pg_sleep(1)");
                assertThat(scene.database.value("SELECT max(caught_up_at) FROM projection_offset"))
                        .isEqualTo(lastHeartbeat);
            } finally {
                kafka.start();
            }

            scene.send(20);
            Scene.eventually().until(() -> scene.folded() == 40);
            Scene.eventually().until(() -> runner.complaints().isEmpty());
        }

        @Test
        void a_table_that_is_missing_is_waited_for() {
            scene.database.execute("ALTER TABLE folded RENAME TO elsewhere");
            FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);
            scene.send(5);
            Scene.eventually()
                    .until(() -> runner.complaints().stream().anyMatch(complaint -> complaint.contains("folded")));

            scene.database.execute("ALTER TABLE elsewhere RENAME TO folded");

            Scene.eventually().until(() -> scene.folded() == 5);
            assertThat(scene.read(Topics.deadLetters(scene.events))).isEmpty();
        }
    }

    @Nested
    class OutsideTheLog {

        @Test
        void a_stored_offset_beyond_the_log_halts_the_partition_until_it_is_mended() {
            scene.send(20);
            FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);
            Scene.eventually().until(() -> scene.folded() == 20);

            scene.database.execute("UPDATE projection_offset SET next_offset = next_offset + 1000 WHERE partition = 0");

            Scene.eventually()
                    .until(() -> runner.complaints().stream().anyMatch(complaint -> complaint.contains("is halted")));
            scene.send(20);
            Scene.eventually()
                    .until(() -> scene.number("SELECT next_offset FROM projection_offset WHERE partition = 1")
                            == scene.number("SELECT count(*) FROM folded WHERE partition = 1"));
            scene.database.execute("UPDATE projection_offset SET next_offset = next_offset - 1000 WHERE partition = 0");
            Scene.eventually().until(() -> scene.folded() == 40);
            Scene.eventually().until(() -> runner.complaints().isEmpty());
        }

        @Test
        void a_log_that_has_lost_its_end_and_grown_past_it_again_is_not_read_on_as_if_nothing_were_missing() {
            scene.send(20);
            FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);
            Scene.eventually().until(() -> scene.folded() == 20);
            scene.database.execute("UPDATE projection_offset SET next_offset = next_offset + 3 WHERE partition = 0");
            Scene.eventually()
                    .until(() -> runner.complaints().stream().anyMatch(complaint -> complaint.contains("is halted")));
            long before = scene.number("SELECT count(*) FROM folded WHERE partition = 0");

            scene.send(40);

            Scene.eventually()
                    .until(() -> scene.number("SELECT next_offset FROM projection_offset WHERE partition = 1")
                            == scene.number("SELECT count(*) FROM folded WHERE partition = 1"));
            scene.database.execute("SELECT pg_sleep(1)");
            assertThat(scene.number("SELECT count(*) FROM folded WHERE partition = 0"))
                    .isEqualTo(before);
            scene.database.execute("UPDATE projection_offset SET next_offset = next_offset - 3 WHERE partition = 0");
            Scene.eventually().until(() -> scene.folded() == 60);
            Scene.eventually().until(() -> runner.complaints().isEmpty());
        }

        @Test
        void a_log_that_lost_its_end_and_grew_past_it_while_nothing_ran_is_told_by_its_leader_epochs(
                KafkaBackend kafka) {
            List<ConnectorPolled> before = scene.send(20);
            kafka.stop();
            kafka.start();
            scene.send(40);
            int epoch = scene.read(scene.events).getFirst().leaderEpoch().orElseThrow();
            long kept = before.stream()
                    .filter(event -> Scene.partition(event.userId()) == 0)
                    .count();
            // Three more of that epoch were folded, and are not in the log: others stand in their place.
            standsAt(kept + 3, epoch);
            FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);

            Scene.eventually()
                    .until(() -> runner.complaints().stream().anyMatch(complaint -> complaint.contains("is halted")));
            assertThat(scene.number("SELECT count(*) FROM folded WHERE partition = 0"))
                    .isZero();
            scene.database.execute("UPDATE projection_offset SET next_offset = 0 WHERE partition = 0");
            Scene.eventually().until(() -> scene.folded() == 60);
            Scene.eventually().until(() -> runner.complaints().isEmpty());
        }

        @Test
        void an_offset_of_an_epoch_that_the_log_never_saw_is_of_another_log() {
            scene.send(40);
            standsAt(3, 1_000);
            FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);

            Scene.eventually()
                    .until(() -> runner.complaints().stream().anyMatch(complaint -> complaint.contains("is halted")));
            assertThat(scene.number("SELECT count(*) FROM folded WHERE partition = 0"))
                    .isZero();
        }

        @Test
        void a_log_that_still_has_what_was_folded_is_read_on_whoever_leads_it_by_now(KafkaBackend kafka) {
            FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);
            scene.send(20);
            Scene.eventually().until(() -> scene.folded() == 20);
            runner.stop();
            kafka.stop();
            kafka.start();
            scene.send(40);
            FoldRunner<ConnectorEvent> next = scene.start(scene.fold(), scene.pool);

            Scene.eventually().until(() -> scene.folded() == 60);
            Scene.eventually().until(() -> next.complaints().isEmpty());
            assertThat(scene.database.value("SELECT bool_and(leader_epoch_at = next_offset) FROM projection_offset"))
                    .isEqualTo("t");
        }

        @Test
        void records_that_have_left_the_log_unread_are_never_skipped(KafkaBackend kafka) throws Exception {
            scene.send(40);
            TopicPartition first = new TopicPartition(scene.events.name(), 0);
            scene.database.execute("INSERT INTO projection_offset SELECT '"
                    + scene.fold().name() + "', '" + scene.events.name() + "', p, 0 FROM generate_series(0, 1) p");
            try (Admin admin = kafka.admin()) {
                admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(3)))
                        .all()
                        .get();
            }
            FoldRunner<ConnectorEvent> runner = scene.start(scene.fold(), scene.pool);

            Scene.eventually()
                    .until(() -> runner.complaints().stream().anyMatch(complaint -> complaint.contains("is halted")));
            assertThat(scene.number("SELECT next_offset FROM projection_offset WHERE partition = 0"))
                    .isZero();
            assertThat(scene.number("SELECT count(*) FROM folded WHERE partition = 0"))
                    .isZero();
        }
    }

    private void standsAt(long offset, int epoch) {
        scene.database.execute("INSERT INTO projection_offset VALUES ('"
                + scene.fold().name() + "', '" + scene.events.name() + "', 0, " + offset + ", NULL, " + epoch + ", "
                + offset
                + ")");
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return String.valueOf(CloudEvent.header(record.headers(), name));
    }
}
