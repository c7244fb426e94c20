package dev.lifeline.standalone.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.Message;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UserEvent.UserErased;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.RuntimeSettings;
import dev.lifeline.testing.Backends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditCommandTest {

    private final UUID user = UUID.randomUUID();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path home;

    @BeforeEach
    void reach_the_broker() throws IOException {
        reach(Backends.kafka().bootstrapServers());
    }

    private void reach(String address) throws IOException {
        Files.writeString(
                home.resolve("kafka-admin.properties"),
                "bootstrap.servers=" + address + "\ndefault.api.timeout.ms=3000\nrequest.timeout.ms=1000\n");
    }

    private int run(Clock clock, String... arguments) {
        out.reset();
        err.reset();
        return new AuditCommand(
                        Map.of("LIFELINE_HOME", home.toString()),
                        clock,
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8))
                .run(List.of(arguments));
    }

    private int run(String... arguments) {
        return run(Clock.systemUTC(), arguments);
    }

    private void publish(Message... messages) {
        Backends.kafka()
                .createTopics(Topics.all().stream()
                        .map(topic -> topic.creation(2, (short) 1))
                        .toList());
        try (EventRuntime runtime = new EventRuntime(
                "test",
                KafkaClients.of(Backends.kafka().bootstrapServers()),
                RuntimeSettings.defaults(),
                new SimpleMeterRegistry(),
                ObservationRegistry.NOOP,
                Clock.systemUTC())) {
            Stream.of(messages).forEach(runtime.publisher()::publish);
        }
    }

    private ConnectorConnected connected() {
        return new ConnectorConnected(
                user, "gmail", "sandbox", UUID.randomUUID(), 1, 1, 0, Duration.ofDays(1), "alice@example.org");
    }

    @Test
    void tells_what_the_log_has_and_where() {
        publish(connected());
        assertThat(run("--user", user.toString())).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("Gmail was connected, with the account alice@example.org at sandbox.")
                .containsPattern("lifeline\\.connector\\.events-\\d@\\d+")
                .contains("gmail (alice@example.org): ok");
    }

    @Test
    void tells_machines_the_same() {
        publish(connected());
        assertThat(run("--user", user.toString(), "--json"))
                .as(err.toString(UTF_8))
                .isZero();
        JsonNode told = new JsonMapper().readTree(out.toString(UTF_8));
        assertThat(told.required("userId").asString()).isEqualTo(user.toString());
        assertThat(told.required("lines")).isNotEmpty();
    }

    @Test
    void tells_nothing_of_a_user_who_was_erased_but_that_and_when() {
        publish(connected(), new UserErased(user, Instant.parse("2026-11-24T12:00:00Z")));
        assertThat(run("--user", user.toString())).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .isEqualToNormalizingNewlines(
                        user + " was erased, at 2026-11-24T12:00:00Z. What the log still has of them is not told.\n");

        assertThat(run("--user", user.toString(), "--json")).isZero();
        assertThat(new JsonMapper().readTree(out.toString(UTF_8)).propertyNames())
                .containsExactly("userId", "erasedAt");
    }

    @Test
    void a_year_of_polls_whose_consent_has_left_the_log_is_one_line_and_what_is_older_is_said_to_be_unknown()
            throws Exception {
        ConnectorConnected consent = connected();
        publish(consent);
        retentionTakes(Topics.CONNECTOR_EVENTS);
        publish(new AutonomyPaused(user, null, PauseScope.EVERYTHING, user, "old", Instant.EPOCH, 1, 1));
        retentionTakes(Topics.AUTONOMY_EVENTS);
        Codec codec = new Codec();
        send(
                Topics.CONNECTOR_EVENTS,
                "lifeline.connector-polled.v1",
                LongStream.rangeClosed(2, 5_001)
                        .mapToObj(attempt -> codec.encode(new ConnectorPolled(
                                user, "gmail", "sandbox", consent.grantId(), 1, attempt, 0, Duration.ofDays(1), 0))));

        assertThat(run("--user", user.toString())).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .containsOnlyOnce("Gmail was read. It had been connected before the log begins. So 5000 times, until ")
                .doesNotContain("changed nothing", "no connector", "would have got")
                .contains("gmail (account not known): ok, since before the log begins")
                .contains("paused by the user: not known, older than the log")
                .contains("settings: not known, older than the log");
        assertThat(out.toString(UTF_8).lines()).hasSizeLessThan(30);
    }

    /** Waits for none of them. */
    private void send(Topic topic, String type, Stream<byte[]> values) {
        Map<String, Object> broker =
                Map.of("bootstrap.servers", Backends.kafka().bootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer())) {
            values.forEach(value -> {
                ProducerRecord<String, byte[]> record =
                        new ProducerRecord<>(topic.name(), Topics.partitionOf(user, 2), user.toString(), value);
                record.headers().add(CloudEvent.TYPE_HEADER, type.getBytes(UTF_8));
                producer.send(record);
            });
        }
    }

    private void retentionTakes(Topic topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic.name(), Topics.partitionOf(user, 2));
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", Backends.kafka().bootstrapServers()))) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }
    }

    @Test
    void what_a_later_release_wrote_of_the_user_is_counted() {
        publish(connected());
        send(Topics.ACTION_EVENTS, "lifeline.something.v9", Stream.of("{}".getBytes(UTF_8)));

        assertThat(run("--user", user.toString())).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8)).contains("1 record of a later release passed over.");
    }

    @Test
    void rules_that_are_too_long_for_this_release_keep_nobody_from_the_history() {
        Policy.Rule rule = new Policy.Rule("domain", "eq", "bank", "deny", "r".repeat(40_000));
        publish(
                connected(),
                new PolicyChanged(
                        user,
                        UUID.randomUUID(),
                        new Policy(UUID.randomUUID(), "Long", "", 0, true, List.of(rule)),
                        1,
                        1));

        assertThat(run("--user", user.toString())).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .contains(
                        "Gmail was connected",
                        "nothing would have been decided: the rules \u201cLong\u201d can not be read");
    }

    @Test
    void a_failure_of_its_own_is_none_of_the_tables() {
        Clock broken = new Clock() {
            @Override
            public Instant instant() {
                throw new IllegalStateException("no time\nat all");
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };

        assertThat(run(broken, "--user", user.toString())).isEqualTo(3);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly("lifeline audit: it failed: java.lang.IllegalStateException: no time\\nat all");
    }

    @Test
    void a_time_before_the_log_begins_is_answered_with_when_it_does() {
        publish(connected());
        assertThat(run("--user", user.toString(), "--at", "2020-01-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .containsPattern("--at 2020-01-01T00:00:00Z is before the log begins, at 20\\d\\d-");
    }

    @Test
    void a_time_in_the_future_is_answered_with_what_time_it_is() {
        Clock noon = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
        assertThat(run(noon, "--user", user.toString(), "--at", "2026-11-24T12:00:01Z"))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("--at 2026-11-24T12:00:01Z is in the future; it is 2026-11-24T12:00:00Z now");
    }

    @Test
    void a_user_of_whom_the_log_has_no_word_is_answered_so() {
        publish(connected());
        UUID stranger = UUID.randomUUID();
        assertThat(run("--user", stranger.toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("--user " + stranger + " is not known: the log has no word of anybody of that id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                                              | --user is missing
        --user                                                | --user has no value
        --user alice                                          | --user alice is no user's id; it looks like 11111111-
        --user 11111111-1111-4111-8111-111111111111 --at noon | --at noon is no instant; write it like 2026-11-20T10:02:00Z
        --whose 1                                             | there is no --whose
        """)
    void wrong_usage_is_answered_with_the_remedy(String arguments, String message) {
        assertThat(run(arguments == null ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("lifeline audit: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void help_is_no_failure(String help) {
        assertThat(run(help)).isZero();
        assertThat(err.toString(UTF_8)).startsWith("usage: lifeline audit --user ID");
    }

    @Test
    void says_so_when_kafka_does_not_answer() throws IOException {
        reach("127.0.0.1:1");
        assertThat(run("--user", user.toString())).isEqualTo(3);
        assertThat(err.toString(UTF_8)).contains("127.0.0.1:1").doesNotContain("Exception", "\tat ");
    }

    @Test
    void says_where_to_look_when_nothing_ever_ran_there() throws IOException {
        Files.delete(home.resolve("kafka-admin.properties"));
        assertThat(run("--user", user.toString())).isNotZero();
        assertThat(err.toString(UTF_8)).contains("kafka-admin.properties", "LIFELINE_HOME");
    }
}
