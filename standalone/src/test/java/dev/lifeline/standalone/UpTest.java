package dev.lifeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeline.embedded.Ports;
import dev.lifeline.standalone.Up.Ended;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code up} as people use it: a process of its own, started, stopped, killed, misused. */
class UpTest {

    private static final String ALICE = "11111111-1111-4111-8111-111111111111";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path directory;

    private static Up up;

    @BeforeAll
    static void start() {
        up = Up.in(directory.resolve("up")).with("LIFELINE_POLL_INTERVAL", "1s");
        up.start();
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    @Test
    void says_where_to_go_and_how_to_sign_in() {
        assertThat(up.output())
                .contains("starting Kafka and PostgreSQL", "query-api is ready")
                .contains(up.url().toString(), "alice, bob, ops or auditor", up.sandbox() + "/account");
    }

    @Test
    void gives_a_token_with_which_alices_connectors_are_seen_to_be_read() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode connectors = status().required("connectors");
            assertThat(connectors.propertyNames()).containsExactlyInAnyOrder("gmail", "google-calendar");
            assertThat(connectors.at("/gmail/status").asString()).isEqualTo("connected");
            assertThat(connectors.at("/gmail/lastSuccessAt").isNull()).isFalse();
        });
    }

    @Test
    void gives_no_token_for_a_user_that_there_is_not() {
        Ended ended = up.run("token", "mallory");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors())
                .isEqualTo("lifeline: there is no demo user 'mallory'; there are alice, bob, ops and auditor\n");
    }

    @Test
    void shows_the_metrics_of_all_services_at_one_route_to_those_who_may_see_them() {
        assertThat(up.get("/actuator/prometheus", null).statusCode()).isEqualTo(401);
        assertThat(up.get("/actuator/prometheus", up.token("auditor")).body())
                .contains("lifeline_fold_records_total", "lifeline_commands_handled_total");
    }

    @Test
    void does_not_start_twice_on_one_home_and_leaves_the_log_of_the_first_alone() {
        Ended ended = up.run("up");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.errors())
                .startsWith("lifeline: Lifeline already runs on " + up.home())
                .contains(up.url().toString())
                .hasLineCount(1);
        assertThat(up.services()).doesNotContain("Lifeline has stopped");
    }

    @Test
    void says_which_setting_is_wrong() {
        try (Up wrong = Up.in(directory.resolve("wrong")).with("LIFELINE_POLL_INTERVAL", "soon")) {
            Ended ended = wrong.run("up");

            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.errors())
                    .startsWith("lifeline: LIFELINE_POLL_INTERVAL is 'soon'")
                    .hasLineCount(1);
            assertThat(wrong.home()).doesNotExist();
        }
    }

    @Test
    void says_which_port_is_in_use_and_starts_nothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Up late = Up.in(directory.resolve("late"))
                        .with("LIFELINE_SANDBOX_PORT", Integer.toString(taken.getLocalPort()))) {
            Ended ended = late.run("up");

            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.output()).isEmpty();
            assertThat(ended.errors())
                    .startsWith("lifeline: port " + taken.getLocalPort() + " is in use")
                    .contains("LIFELINE_SANDBOX_PORT")
                    .hasLineCount(1);
            assertThat(late.home().resolve("kafka")).doesNotExist();
            assertThat(late.home().resolve("postgres/data")).doesNotExist();
        }
    }

    @Test
    void says_where_it_can_not_write() throws Exception {
        Path file = Files.createFile(directory.resolve("no-directory"));
        try (Up nowhere = Up.in(directory.resolve("nowhere"))
                .with("LIFELINE_HOME", file.resolve("home").toString())) {
            Ended ended = nowhere.run("up");

            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.errors())
                    .startsWith("lifeline: LIFELINE_HOME is " + file.resolve("home") + ", which can not be written")
                    .hasLineCount(1);
        }
    }

    /** After the tests above, which need it running. */
    @Nested
    class once_it_has_run {

        @Test
        void ends_cleanly_and_goes_on_where_it_was_after_kill_and_damage_is_named() throws Exception {
            up.control("/control/users/alice/revoke", "");
            await().atMost(PATIENCE).until(() -> status().at("/anyNeedsReauth").asBoolean());

            up.kill();
            up.with("SKYTWIN_AUTO_EXECUTE_DISABLED", "true").launch().awaitUp();

            assertThat(up.readiness())
                    .as("ready by the time that it says so: %s", up.services())
                    .startsWith("200");
            JsonNode after = status();
            assertThat(after.at("/anyNeedsReauth").asBoolean())
                    .as("a demo user's grant is given on the first start only: %s", after)
                    .isTrue();
            await().atMost(PATIENCE)
                    .until(() -> up.output().contains("SKYTWIN_AUTO_EXECUTE_DISABLED is set: nothing is done without"));
            assertThat(up.stop()).isIn(0, 143);
            assertThat(up.output()).endsWith("stopping; the data stays\n");
            assertThat(up.services())
                    .contains("Lifeline started at http", "told to by the signal TERM", "Lifeline has stopped")
                    .doesNotContain("NetworkClient");
            assertThat(Ports.isFree(Ports.LOOPBACK, portOf(up.url()))).isTrue();
            assertThat(up.run("token", "alice").errors()).startsWith("lifeline: nothing runs on " + up.home());

            assertThat(forPeopleWithAccounts().run("up").errors())
                    .isEqualTo(
                            "lifeline: LIFELINE_HOME " + up.home()
                                    + " was filled with demo users, whose password anybody knows; choose another LIFELINE_HOME\n");

            Files.delete(up.home().resolve("kafka/meta.properties"));
            Ended damaged = up.run("up");
            assertThat(damaged.status()).isEqualTo(1);
            assertThat(damaged.errors())
                    .contains("kafka is damaged: it has no meta.properties")
                    .hasLineCount(1);
        }
    }

    /** On the same home. */
    private static Up forPeopleWithAccounts() {
        return Up.in(directory.resolve("up"))
                .with("LIFELINE_GOOGLE_CLIENT_ID", "an-id")
                .with("LIFELINE_GOOGLE_CLIENT_SECRET", "a-secret")
                .with("LIFELINE_ISSUER", "https://issuer.example.org")
                .with("LIFELINE_ISSUER_CLIENT_ID", "another-id")
                .with("LIFELINE_ISSUER_CLIENT_SECRET", "another-secret");
    }

    private static int portOf(URI url) {
        return url.getPort();
    }

    private static JsonNode status() {
        HttpResponse<String> answer = up.get("/api/connectors/" + ALICE + "/status", up.token("alice"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
