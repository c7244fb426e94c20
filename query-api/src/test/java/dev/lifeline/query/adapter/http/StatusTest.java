package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.BOB;

import dev.lifeline.events.Condition;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class StatusTest {

    private final Surroundings here = RunningQuery.shared();

    @BeforeEach
    void clear() {
        here.tables().clear();
    }

    @Test
    void a_user_without_connectors_has_an_empty_map() {
        here.service()
                .http(here.issuer().token(BOB))
                .get()
                .uri("/api/connectors/{id}/status", BOB.id())
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody()
                .jsonPath("$.userId")
                .isEqualTo(BOB.id().toString())
                .jsonPath("$.asOf")
                .isNotEmpty()
                .jsonPath("$.anyNeedsReauth")
                .isEqualTo(false)
                .jsonPath("$.connectors")
                .isEmpty()
                .jsonPath("$.pending")
                .doesNotExist();
    }

    @Test
    void each_connector_says_how_it_is() {
        here.tables().silently(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ofMinutes(14));
        here.tables().silently(ALICE.id(), "google-calendar", Condition.RETRYING, Duration.ofSeconds(9));

        here.service()
                .http(here.issuer().token(ALICE))
                .get()
                .uri("/api/connectors/{id}/status", ALICE.id())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.anyNeedsReauth")
                .isEqualTo(true)
                .jsonPath("$.connectors.gmail.status")
                .isEqualTo("needs_reauth")
                .jsonPath("$.connectors.gmail.condition")
                .isEqualTo("needs_reauth")
                .jsonPath("$.connectors.gmail.provider")
                .isEqualTo("sandbox")
                .jsonPath("$.connectors.gmail.account")
                .isEqualTo("someone@example.org")
                .jsonPath("$.connectors.gmail.lastSuccessAt")
                .isNotEmpty()
                .jsonPath("$.connectors.gmail.lastFailureAt")
                .hasJsonPath()
                .jsonPath("$.connectors.gmail.errorCode")
                .hasJsonPath()
                .jsonPath("$.connectors.gmail.failureClass")
                .hasJsonPath()
                .jsonPath("$.connectors['google-calendar'].status")
                .isEqualTo("connected")
                .jsonPath("$.connectors['google-calendar'].condition")
                .isEqualTo("retrying");
    }

    @Test
    void a_removed_connector_is_left_out() {
        here.tables().silently(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ZERO);
        here.tables().remove(ALICE.id(), "gmail");

        here.service()
                .http(here.issuer().token(ALICE))
                .get()
                .uri("/api/connectors/{id}/status", ALICE.id())
                .exchange()
                .expectBody()
                .jsonPath("$.connectors")
                .isEmpty()
                .jsonPath("$.anyNeedsReauth")
                .isEqualTo(false);
    }
}
