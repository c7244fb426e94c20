package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.Condition;
import dev.lifeline.events.Message;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.query.EventStream;
import dev.lifeline.query.GivenCommands;
import dev.lifeline.query.Program;
import dev.lifeline.query.ReadModelTables;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What people are told while a store is away, and that all goes on by itself when it is back. */
class OutageTest {

    private final Surroundings here = RunningQuery.shared();
    private final WebTestClient alice = here.service().http(here.issuer().token(ALICE));

    @BeforeEach
    void alice_has_gmail() {
        here.tables().clear();
        here.tables().silently(ALICE.id(), "gmail", Condition.OK, Duration.ZERO);
    }

    private int status(String path) {
        return alice.get()
                .uri(path, ALICE.id())
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value();
    }

    @Test
    void without_the_database_readers_are_told_so_at_once_and_streams_say_unknown() {
        try (EventStream stream = EventStream.open(
                here.service().uri().resolve("/api/users/" + ALICE.id() + "/banners/stream"),
                "Authorization",
                "Bearer " + here.issuer().token(ALICE))) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(stream.banners()).isEmpty());

            Backends.postgres().stop();
            try {
                long begin = System.nanoTime();
                alice.get()
                        .uri("/api/connectors/{id}/status", ALICE.id())
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .expectHeader()
                        .exists("Retry-After")
                        .expectBody()
                        .jsonPath("$.error")
                        .isNotEmpty();
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
                assertThat(status("/api/users/{id}/timeline")).isEqualTo(503);
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(stream.banners()).containsExactly("unknown"));
                assertThat(status("/actuator/health/readiness?{id}")).isEqualTo(503);
                assertThat(status("/actuator/health/liveness?{id}")).isEqualTo(200);
            } finally {
                Backends.postgres().start();
            }

            // Told, for the instance may be listening again by now.
            here.tables().connector(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ZERO);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                here.tables().caughtUp(Duration.ZERO);
                assertThat(stream.banners()).containsExactly("needs_reauth:" + ReadModelTables.GRANT);
            });
            assertThat(stream.ended()).isFalse();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(status("/api/connectors/{id}/status")).isEqualTo(200));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(status("/actuator/health/readiness?{id}"))
                            .isEqualTo(200));
        }
    }

    @Test
    void what_nobody_waits_for_any_more_ends_in_the_database_too() throws SQLException {
        Database owner = here.database().owner("lifeline_projector", "read_model");
        try (Connection tx = owner.connect()) {
            tx.setAutoCommit(false);
            try (Statement statement = tx.createStatement()) {
                statement.execute("LOCK TABLE connector_health");
            }
            assertThat(status("/api/connectors/{id}/status")).isEqualTo(503);
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(owner.value("""
                    SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'connector_health'::regclass
                    """)).isEqualTo("0"));
            tx.rollback();
        }
        assertThat(status("/api/connectors/{id}/status")).isEqualTo(200);
    }

    @Test
    void without_kafka_a_command_is_told_so_and_readers_notice_nothing() {
        Backends.kafka().stop();
        try {
            alice.post()
                    .uri("/api/users/{id}/connectors/gmail/disable", ALICE.id())
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(status("/api/connectors/{id}/status")).isEqualTo(200);
        } finally {
            Backends.kafka().start();
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> alice.post()
                        .uri("/api/users/{id}/connectors/gmail/disable", ALICE.id())
                        .exchange()
                        .expectStatus()
                        .isAccepted());
    }

    @Test
    void what_kafka_took_is_pending_though_the_database_went_away_meanwhile() {
        assertTakenWithoutDatabase(
                Topics.CONNECTOR_COMMANDS, alice.post().uri("/api/users/{id}/connectors/gmail/disable", ALICE.id()));
        assertTakenWithoutDatabase(
                Topics.AUTONOMY_COMMANDS,
                alice.put()
                        .uri("/api/users/{id}/autonomy-pause", ALICE.id())
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{\"paused\": true}"));
    }

    @Test
    void the_brake_is_pulled_though_the_database_is_away() {
        try (GivenCommands commands = new GivenCommands(Topics.AUTONOMY_COMMANDS)) {
            Program program = Program.of(ALICE);
            Program.Reply taken;
            Backends.postgres().stop();
            try {
                taken = program.put("/api/users/" + ALICE.id() + "/autonomy-pause", "{\"paused\": true}");
                assertThat(taken.status()).isEqualTo(202);
                assertThat(taken.body()).hasToString("{\"pending\":true}");
                assertThat(commands.next()).isInstanceOf(AutonomyCommand.PauseAutonomy.class);
            } finally {
                Backends.postgres().start();
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(program.get(taken.location()).at("/state"))
                                    .isEqualTo("pending"));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(here.database()
                                    .value("SELECT count(*) FROM web.command_issued WHERE '" + taken.location()
                                            + "' LIKE '%/' || command_id"))
                            .isEqualTo("1"));
        }
    }

    private void assertTakenWithoutDatabase(Topic topic, WebTestClient.RequestHeadersSpec<?> request) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(status("/api/connectors/{id}/status")).isEqualTo(200));
        try (GivenCommands commands = new GivenCommands(topic)) {
            CompletableFuture<Message> taken = commands.answer(
                    Message.class, command -> Backends.postgres().stop());
            request.exchange()
                    .expectStatus()
                    .isAccepted()
                    .expectHeader()
                    .value("Location", where -> assertThat(where).startsWith("/api/users/" + ALICE.id() + "/commands/"))
                    .expectBody()
                    .json("{\"pending\": true}", JsonCompareMode.STRICT);
            taken.join();
        } finally {
            Backends.postgres().start();
        }
    }
}
