package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorCommand;
import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorCommand.EnableConnector;
import dev.lifeline.events.ConnectorCommand.RemoveConnector;
import dev.lifeline.events.Topics;
import dev.lifeline.query.GivenCommands;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

class CommandsTest {

    private final Surroundings here = RunningQuery.shared();
    private final WebTestClient alice = here.service().http(here.issuer().token(ALICE));
    private final GivenCommands commands = new GivenCommands(Topics.CONNECTOR_COMMANDS);

    @BeforeEach
    void alice_has_gmail() {
        here.tables().clear();
        here.tables().silently(ALICE.id(), "gmail", Condition.OK, Duration.ZERO);
    }

    @AfterEach
    void close() {
        commands.close();
    }

    private CompletableFuture<ConnectorCommand> poller(Consumer<ConnectorCommand> carryOut) {
        return commands.answer(ConnectorCommand.class, carryOut);
    }

    private ConnectorCommand next() {
        return (ConnectorCommand) commands.next();
    }

    @Test
    void what_was_carried_out_in_time_is_answered_with_how_things_are_now() {
        CompletableFuture<ConnectorCommand> poller = poller(command -> {
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
    void removing_and_enabling_are_commands_too() {
        CompletableFuture<ConnectorCommand> poller = poller(command -> {
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
    void what_was_rejected_is_a_conflict_that_says_why() {
        CompletableFuture<ConnectorCommand> poller =
                poller(command -> here.tables().command(ALICE.id(), command.commandId(), "rejected"));

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
