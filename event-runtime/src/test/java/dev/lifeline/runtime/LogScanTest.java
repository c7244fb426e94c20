package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.GrantRevoked;
import dev.lifeline.events.Message;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UserEvent.UserErased;
import dev.lifeline.runtime.LogScan.Range;
import dev.lifeline.runtime.LogScan.Tally;
import dev.lifeline.testing.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogScanTest {

    private final Scene scene = new Scene();
    private final LogScan scan = new LogScan(KafkaClients.of(Backends.kafka().bootstrapServers()));
    private final List<Received<ConnectorPolled>> found = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();

    @AfterEach
    void close() {
        scan.close();
        scene.close();
    }

    private Tally read(Range range) {
        return scan.read(range, ConnectorPolled.class, found::add, (passed, all) -> progress.add(passed));
    }

    private List<ConnectorPolled> messages() {
        return found.stream().map(Received::message).toList();
    }

    @Test
    void reads_the_messages_of_one_type_with_where_they_lie() {
        List<ConnectorPolled> sent = scene.send(50);
        scene.send(new GrantRevoked(UUID.randomUUID(), "sandbox", UUID.randomUUID(), 1, "tokens-revoked"));
        scene.flush();

        Tally tally = read(scan.range(scene.events, null));

        assertThat(messages()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(found).allSatisfy(each -> {
            assertThat(each.at().partition())
                    .isEqualTo(Scene.partition(each.message().userId()));
            assertThat(each.time()).isAfter(Instant.EPOCH);
        });
        assertThat(tally).isEqualTo(new Tally(51, 0, 0));
        assertThat(progress).isSorted().endsWith(51L);
    }

    @Test
    void the_same_range_can_be_read_again_and_after_its_beginning_was_looked_for() {
        scene.send(3);
        scene.flush();
        Range range = scan.range(scene.events, null);

        assertThat(scan.began(range)).isPresent();
        assertThat(read(range)).isEqualTo(new Tally(3, 0, 0));
        assertThat(read(range)).isEqualTo(new Tally(3, 0, 0));
        assertThat(scan.began(range)).isPresent();
    }

    @Test
    void knows_who_was_erased_and_when_last() {
        UUID user = UUID.randomUUID();
        Backends.kafka().createTopics(List.of(Topics.USER_EVENTS.creation(Scene.PARTITIONS, (short) 1)));
        scene.runtime.publisher().publish(new UserErased(user, Instant.EPOCH));
        scene.runtime.publisher().publish(new UserErased(user, Instant.EPOCH.plusSeconds(60)));

        assertThat(scan.erased())
                .containsEntry(user, Instant.EPOCH.plusSeconds(60))
                .doesNotContainKey(UUID.randomUUID());
    }

    @Test
    void reads_one_user_from_that_users_partition() {
        UUID user = UUID.randomUUID();
        scene.send(20);
        scene.send(Scene.polled(user, 1));
        scene.send(Scene.polled(user, 2));
        scene.flush();

        Range range = scan.range(scene.events, user);
        Tally tally = read(range);

        assertThat(range.end().keySet()).hasSize(1);
        assertThat(messages()).containsExactly(Scene.polled(user, 1), Scene.polled(user, 2));
        assertThat(tally.records()).isEqualTo(range.records()).isLessThan(22);
    }

    @Test
    void ends_where_the_topic_ended_when_it_was_asked() {
        scene.send(5);
        Range range = scan.range(scene.events, null);
        scene.send(50);

        assertThat(read(range).records()).isEqualTo(5);
        assertThat(found).hasSize(5);
    }

    @Test
    void of_a_topic_that_is_empty_reads_nothing() {
        assertThat(read(scan.range(scene.events, null))).isEqualTo(new Tally(0, 0, 0));
    }

    @Test
    void counts_what_can_not_be_read_and_what_is_of_a_later_release_and_goes_on() {
        String type = Codec.typeOf(Scene.polled(UUID.randomUUID(), 1));
        UUID user = UUID.randomUUID();
        scene.send(user.toString(), type, "no json".getBytes(UTF_8), 0, null);
        scene.send(user.toString(), type, null, 0, null);
        scene.send("another", type, new Codec().encode(Scene.polled(user, 1)), 0, null);
        scene.send(user.toString(), null, "{}".getBytes(UTF_8), 0, null);
        scene.send(user.toString(), "lifeline.connector-polled.v2", "{}".getBytes(UTF_8), 0, null);
        List<ConnectorPolled> sent = scene.send(3);

        assertThat(read(scan.range(scene.events, null))).isEqualTo(new Tally(8, 4, 1));
        assertThat(messages()).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void counts_what_is_of_a_later_release_in_a_family_too_and_for_one_user_that_users() {
        UUID user = UUID.randomUUID();
        int partition = Scene.partition(user);
        scene.send(user.toString(), "lifeline.something.v9", "{}".getBytes(UTF_8), partition, null);
        scene.send(UUID.randomUUID().toString(), "lifeline.something.v9", "{}".getBytes(UTF_8), partition, null);
        scene.send(Scene.polled(user, 1));
        scene.flush();
        List<Message> heard = new ArrayList<>();

        Tally tally = scan.read(
                scan.range(scene.events, user),
                ConnectorEvent.class,
                received -> heard.add(received.message()),
                (passed, all) -> {});

        assertThat(tally.unknown()).isEqualTo(1);
        assertThat(tally.unreadable()).isZero();
        assertThat(heard).containsExactly(Scene.polled(user, 1));
    }

    @Test
    void leaves_no_group_behind() throws Exception {
        scene.send(3);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", Backends.kafka().bootstrapServers()))) {
            List<String> before = groups(admin);
            read(scan.range(scene.events, null));
            assertThat(groups(admin)).isEqualTo(before);
        }
    }

    private static List<String> groups(Admin admin) throws Exception {
        return admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .sorted()
                .toList();
    }

    @Nested
    class what_can_not_be_reached {

        @TempDir
        Path home;

        private void write(String... lines) throws IOException {
            Files.write(home.resolve("kafka-admin.properties"), List.of(lines));
        }

        @Test
        void is_a_topic_that_is_not_there() {
            assertThatThrownBy(() -> scan.range(new Topic("test.none", "user id", Duration.ofDays(1), true), null))
                    .isInstanceOf(LogUnreachableException.class)
                    .hasMessageContaining("test.none");
        }

        @Test
        void is_a_broker_that_is_not_there() throws IOException {
            write("bootstrap.servers=127.0.0.1:1", "default.api.timeout.ms=1000", "request.timeout.ms=500");
            try (LogScan nowhere = new LogScan(KafkaClients.ofOperator(home))) {
                assertThatThrownBy(() -> nowhere.range(scene.events, null))
                        .isInstanceOf(LogUnreachableException.class)
                        .hasMessageStartingWith("Kafka can not be read at 127.0.0.1:1: ");
            }
        }

        @Test
        void is_a_home_without_the_file() {
            assertThatThrownBy(() -> KafkaClients.ofOperator(home))
                    .isInstanceOf(LogUnreachableException.class)
                    .hasMessageContainingAll("kafka-admin.properties", "./lifeline up", "LIFELINE_HOME");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "# only words", "bootstrap.servers", "sasl.username=operator"})
        void is_a_file_that_does_not_say_where(String line) throws IOException {
            write(line);
            assertThatThrownBy(() -> KafkaClients.ofOperator(home))
                    .isInstanceOf(LogUnreachableException.class)
                    .hasMessageContaining("bootstrap.servers");
        }

        @Test
        void is_a_broker_whose_name_is_none() throws IOException {
            write("bootstrap.servers=no such name");
            assertThatThrownBy(() -> new LogScan(KafkaClients.ofOperator(home)))
                    .isInstanceOf(LogUnreachableException.class);
        }
    }
}
