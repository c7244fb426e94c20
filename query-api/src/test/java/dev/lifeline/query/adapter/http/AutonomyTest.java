package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static dev.lifeline.query.TestIssuer.People.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** SkyTwin's client sends a bearer token, parses JSON from every 2xx, and reads {@code error} from refusals. */
class AutonomyTest {

    private final Surroundings here = RunningQuery.shared();
    private final WebTestClient alice = here.service().http(here.issuer().token(ALICE));
    private final WebTestClient ops = here.service().http(here.issuer().token(OPS));

    @BeforeEach
    void nothing_is_known() {
        here.tables().clear();
    }

    @Test
    void who_has_never_paused_is_not_paused() {
        state(alice)
                .jsonPath("$.globalPause")
                .isEqualTo(false)
                .jsonPath("$.userPause")
                .isEqualTo(false)
                .jsonPath("$.asOf")
                .isNotEmpty();
    }

    @Test
    void both_pauses_are_told_apart_and_the_operators_reason_stands_first() {
        here.tables().execute("INSERT INTO users VALUES ('" + ALICE.id() + "')");
        here.tables()
                .execute(
                        "INSERT INTO autonomy_state (user_id, paused, paused_at, pause_reason, pause_version) VALUES ('"
                                + ALICE.id() + "', true, now(), 'on holiday', 3)");
        here.tables()
                .execute("INSERT INTO operator_pause VALUES ('everything', '', true, now(), '" + OPS.id()
                        + "', 'maintenance', 1)");

        state(alice)
                .jsonPath("$.globalPause")
                .isEqualTo(true)
                .jsonPath("$.userPause")
                .isEqualTo(true)
                .jsonPath("$.pausedReason")
                .isEqualTo("on holiday")
                .jsonPath("$.reason")
                .isEqualTo("maintenance");
        alice.get()
                .uri("/api/users/{id}/banners", ALICE.id())
                .exchange()
                .expectBody()
                .jsonPath("$.banners[0].kind")
                .isEqualTo("operator_pause")
                .jsonPath("$.banners[0].severity")
                .isEqualTo("red")
                .jsonPath("$.banners[1].kind")
                .isEqualTo("user_pause")
                .jsonPath("$.banners[1].cta.label")
                .isEqualTo("Resume");
        ops.get()
                .uri("/api/ops/fleet")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.pauses[0].scope.kind")
                .isEqualTo("everything");
    }

    @Test
    void a_pause_that_is_not_seen_yet_says_where_to_ask() {
        alice.put()
                .uri("/api/users/{id}/autonomy-pause", ALICE.id())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"paused\": true, \"reason\": \"on holiday\"}")
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueMatches("Location", "/api/users/" + ALICE.id() + "/commands/.*")
                .expectBody()
                .jsonPath("$.pending")
                .isEqualTo(true);
    }

    @Test
    void a_body_that_is_not_understood_is_refused_with_its_field() {
        refused("{\"paused\": \"yes\"}", "paused");
        refused("{\"paused\": true, \"reason\": \"" + "x".repeat(501) + "\"}", "reason has 501 characters");
    }

    @Test
    void settings_of_who_has_set_nothing_are_told() {
        alice.get()
                .uri("/api/users/{id}/autonomy-settings", ALICE.id())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.trustTier")
                .isEqualTo("suggest")
                .jsonPath("$.quietHours")
                .isEmpty();
    }

    @Test
    void nobody_but_an_operator_operates() {
        alice.get().uri("/api/ops/fleet").exchange().expectStatus().isForbidden();
        alice.put()
                .uri("/api/ops/autonomy-pause")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"paused\": true}")
                .exchange()
                .expectStatus()
                .isForbidden();
        alice.get()
                .uri("/api/users/{id}/autonomy-state", BOB.id())
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private void refused(String body, String why) {
        alice.put()
                .uri("/api/users/{id}/autonomy-pause", ALICE.id())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.error")
                .value((String error) -> assertThat(error).startsWith(why));
    }

    private static WebTestClient.BodyContentSpec state(WebTestClient client) {
        return client.get()
                .uri("/api/users/{id}/autonomy-state", ALICE.id())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }
}
