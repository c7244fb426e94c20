package dev.lifeline.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorEvent.ConnectorCommandRejected;
import dev.lifeline.events.Topics;
import dev.lifeline.poller.scene.EventTail;
import dev.lifeline.poller.scene.RunningPoller;
import dev.lifeline.poller.scene.TicketOffice;
import dev.lifeline.runtime.Publisher;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import dev.lifeline.testing.KafkaBackend;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is wrong is answered, on every way in, and alarms nobody. */
@ExtendWith({Backends.class, OutputCaptureExtension.class})
class BadInputTest {

    private static final TicketOffice OFFICE = new TicketOffice(Clock.systemUTC());
    private static final UUID USER = UUID.randomUUID();

    @TempDir
    static Path home;

    private static RunningPoller poller;
    private static KafkaBackend kafka;

    private int saidBefore;

    @BeforeAll
    static void start(Database superuser, KafkaBackend broker) {
        kafka = broker;
        kafka.createTopics(Topics.all().stream()
                .map(topic -> topic.creation(Topics.DEFAULT_PARTITIONS, (short) 1))
                .toList());
        poller = RunningPoller.start(
                RunningPoller.freeAddress(),
                superuser.owner("lifeline_poller", "poller"),
                kafka,
                URI.create("http://127.0.0.1:1"),
                home);
    }

    @AfterAll
    static void stop() {
        poller.close();
    }

    @BeforeEach
    void begin(CapturedOutput output) {
        saidBefore = output.toString().length();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /oauth/sandbox/authorize",
                "GET /oauth/sandbox/authorize?ticket=",
                "GET /oauth/sandbox/authorize?ticket=x",
                "GET /oauth/sandbox/authorize?ticket=%00",
                "GET /oauth/sandbox/authorize?ticket=%ff%fe",
                "GET /oauth/sandbox/authorize?ticket=a&ticket=b",
                "GET /oauth/sandbox/authorize?ticket=a.b.c",
                "GET /oauth/sandbox/authorize?ticket=eyJhbGciOiJub25lIn0.e30.",
                "GET /oauth/sandbox/callback",
                "GET /oauth/sandbox/callback?state=",
                "GET /oauth/sandbox/callback?state=%00&code=%00",
                "GET /oauth/sandbox/callback?state=a&state=b&code=c&code=d",
                "GET /oauth/sandbox/callback?error=%3Cscript%3E",
                "GET /oauth/nobody/authorize?ticket=x",
                "GET /oauth/%00/callback?state=x&code=y",
                "GET /oauth/sandbox/elsewhere",
                "POST /oauth/sandbox/callback"
            })
    void a_request_that_makes_no_sense_is_refused_with_problem_details(String request, CapturedOutput output)
            throws IOException {
        assertRefused(answer(request, "Accept: application/json", "Cookie: lifeline_connect=nonce"), output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: lifeline_connect=",
                "Cookie: lifeline_connect=\u00e4",
                "Cookie: lifeline_connect=%00",
                "Cookie: =;;lifeline_connect"
            })
    void a_cookie_that_makes_no_sense_is_refused_with_problem_details(String cookie, CapturedOutput output)
            throws IOException {
        String good = OFFICE.ticket(USER, "gmail", "nonce");
        assertRefused(answer("GET /oauth/sandbox/authorize?ticket=" + good, cookie), output);
    }

    @Test
    void a_ticket_whose_claims_make_no_sense_is_refused_with_problem_details(CapturedOutput output) throws IOException {
        List<String> tickets = List.of(
                OFFICE.ticket(USER, "gmail", "nonce", claims -> claims.subject("alice")),
                OFFICE.ticket(USER, "gmail", "nonce", claims -> claims.id("one")),
                OFFICE.ticket(USER, "gmail", "nonce", claims -> claims.claim("connector", 7)),
                OFFICE.ticket(USER, "gmail", "nonce", claims -> claims.claim("nonce_hash", List.of())),
                OFFICE.ticket(USER, "slack", "nonce"));
        for (String ticket : tickets) {
            assertRefused(
                    answer("GET /oauth/sandbox/authorize?ticket=" + ticket, "Cookie: lifeline_connect=nonce"), output);
        }
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // it is flushed
    void a_record_that_is_no_command_goes_to_the_dead_letters_and_the_next_is_obeyed() throws Exception {
        long before = deadLetters();
        String topic = Topics.CONNECTOR_COMMANDS.name();
        int partition = Topics.partitionOf(USER, Topics.DEFAULT_PARTITIONS);
        String command = """
                {"userId": "%s", "commandId": "%s", "connectorName": "gmail", "actor": "%s", "actorRole": "USER"}""".formatted(USER, UUID.randomUUID(), USER);
        try (EventTail events = new EventTail(kafka);
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(of(
                    new ProducerRecord<>(topic, partition, USER.toString(), "{\"userId\":"), "disable-connector.v1"));
            producer.send(of(new ProducerRecord<>(topic, partition, "another", command), "disable-connector.v1"));
            producer.send(of(new ProducerRecord<>(topic, partition, USER.toString(), command), "praise-connector.v1"));
            producer.flush();
            UUID next = UUID.randomUUID();
            poller.bean(Publisher.class).publish(new DisableConnector(USER, next, "gmail", USER, ActorRole.USER));
            assertThat(events.await(USER, ConnectorCommandRejected.class).commandId())
                    .isEqualTo(next);
        }
        await().untilAsserted(() -> assertThat(deadLetters()).isEqualTo(before + 2));
    }

    private static ProducerRecord<String, String> of(ProducerRecord<String, String> unsent, String type) {
        unsent.headers().add("ce_type", ("lifeline." + type).getBytes(StandardCharsets.UTF_8));
        return unsent;
    }

    private static long deadLetters() throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition(
                Topics.deadLetters(Topics.CONNECTOR_COMMANDS).name(),
                Topics.partitionOf(USER, Topics.DEFAULT_PARTITIONS));
        try (Admin admin = kafka.admin()) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    private void assertRefused(String answer, CapturedOutput output) {
        assertThat(answer)
                .matches("(?s)HTTP/1\\.1 4\\d\\d .*")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains(
                        "\"type\":\"about:blank\"",
                        "\"status\":4",
                        "\"title\":",
                        "\"detail\":",
                        "\"instance\":",
                        "\"error\":");
        assertThat(output.toString().substring(saidBefore)).doesNotContain(" WARN ", " ERROR ");
    }

    /** Asks as no client library would. */
    private static String answer(String request, String... headers) throws IOException {
        URI address = poller.uri("/");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String all = request + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nConnection: close\r\n"
                    + String.join("\r\n", headers) + "\r\n\r\n";
            socket.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
