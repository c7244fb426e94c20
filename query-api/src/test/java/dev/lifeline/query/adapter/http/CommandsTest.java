package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorCommand;
import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorCommand.EnableConnector;
import dev.lifeline.events.ConnectorCommand.RemoveConnector;
import dev.lifeline.events.Topics;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import dev.lifeline.testing.Backends;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

class CommandsTest {

    private final Surroundings here = RunningQuery.shared();
    private final WebTestClient alice = here.service().http(here.issuer().token(ALICE));
    private final KafkaConsumer<String, byte[]> commands = new KafkaConsumer<>(
            Map.of("bootstrap.servers", Backends.kafka().bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer());

    @BeforeEach
    void alice_has_gmail() {
        here.tables().clear();
        here.tables().silently(ALICE.id(), "gmail", Condition.OK, Duration.ZERO);
        List<TopicPartition> partitions = IntStream.range(0, 4)
                .mapToObj(number -> new TopicPartition(Topics.CONNECTOR_COMMANDS.name(), number))
                .toList();
        commands.assign(partitions);
        commands.seekToEnd(partitions);
        partitions.forEach(commands::position);
    }

    @AfterEach
    void close() {
        commands.close();
    }

    /** Carries out the next command in its own way, while its giver waits. */
    private Thread poller(Consumer<ConnectorCommand> carryOut) {
        return Thread.ofVirtual().start(() -> carryOut.accept(next()));
    }

    private ConnectorCommand next() {
        ConsumerRecord<String, byte[]> given =
                commands.poll(Duration.ofSeconds(10)).iterator().next();
        String type = new String(given.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        assertThat(given.key()).isEqualTo(ALICE.id().toString());
        assertThat(given.partition()).isEqualTo(Topics.partitionOf(ALICE.id(), 4));
        return (ConnectorCommand) new Codec().decode(type, given.value()).orElseThrow();
    }

    @Test
    void what_was_carried_out_in_time_is_answered_with_how_things_are_now() throws InterruptedException {
        Thread poller = poller(command -> {
            assertThat(command)
                    .isEqualTo(
                            new DisableConnector(ALICE.id(), command.commandId(), "gmail", ALICE.id(), ActorRole.USER));
            here.tables().silently(ALICE.id(), "gmail", Condition.DISABLED, Duration.ZERO);
            here.tables().command(ALICE.id(), command.commandId(), "done");
        });

        alice.post()
                .uri("/api/users/{id}/connectors/gmail/disable", ALICE.id())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.connectors.gmail.status")
                .isEqualTo("disabled")
                .jsonPath("$.pending")
                .doesNotExist();
        poller.join();
    }

    @Test
    void removing_and_enabling_are_commands_too() throws InterruptedException {
        Thread poller = poller(command -> {
            assertThat(command).isInstanceOf(EnableConnector.class);
            here.tables().command(ALICE.id(), command.commandId(), "done");
        });
        alice.post()
                .uri("/api/users/{id}/connectors/gmail/enable", ALICE.id())
                .exchange()
                .expectStatus()
                .isOk();
        poller.join();

        poller = poller(command -> {
            assertThat(command).isInstanceOf(RemoveConnector.class);
            here.tables().remove(ALICE.id(), "gmail");
            here.tables().command(ALICE.id(), command.commandId(), "done");
        });
        alice.delete()
                .uri("/api/users/{id}/connectors/gmail", ALICE.id())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.connectors")
                .isEmpty();
        poller.join();
    }

    @Test
    void what_was_rejected_is_a_conflict_that_says_why() throws InterruptedException {
        Thread poller = poller(command -> here.tables().command(ALICE.id(), command.commandId(), "rejected"));

        alice.post()
                .uri("/api/users/{id}/connectors/gmail/disable", ALICE.id())
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.error")
                .value(detail -> assertThat(String.valueOf(detail)).contains("it is not yours to ask"));
        poller.join();
    }

    @Test
    void what_takes_longer_is_answered_with_where_to_ask() {
        URI asked = alice.post()
                .uri("/api/users/{id}/connectors/gmail/disable", ALICE.id())
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody()
                .jsonPath("$.pending")
                .isEqualTo(true)
                .jsonPath("$.connectors.gmail.status")
                .isEqualTo("connected")
                .returnResult()
                .getResponseHeaders()
                .getLocation();
        UUID commandId = next().commandId();
        assertThat(asked).hasToString("/api/users/" + ALICE.id() + "/commands/" + commandId);

        state(asked)
                .jsonPath("$.state")
                .isEqualTo("pending")
                .jsonPath("$.reason")
                .doesNotExist();

        here.tables().command(ALICE.id(), commandId, "rejected");
        state(asked)
                .jsonPath("$.commandId")
                .isEqualTo(commandId.toString())
                .jsonPath("$.state")
                .isEqualTo("rejected")
                .jsonPath("$.reason")
                .isEqualTo("it is not yours to ask");

        here.service()
                .http(here.issuer().token(BOB))
                .get()
                .uri("/api/users/{id}/commands/{command}", BOB.id(), commandId)
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private WebTestClient.BodyContentSpec state(@Nullable URI where) {
        return alice.get()
                .uri(String.valueOf(where))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate")
                .expectBody();
    }
}
