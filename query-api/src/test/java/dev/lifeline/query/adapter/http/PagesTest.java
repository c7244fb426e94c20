package dev.lifeline.query.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import dev.lifeline.query.TestIssuer.People;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

class PagesTest {

    private final Surroundings here = RunningQuery.shared();

    private EntityExchangeResult<String> get(RunningQuery service, String path) {
        return service.http()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();
    }

    @Test
    void the_dashboard_is_served_to_everybody() {
        EntityExchangeResult<String> page = get(here.service(), "/");

        assertThat(page.getResponseBody()).contains("<title>Lifeline");
        assertThat(page.getResponseHeaders().getContentType()).hasToString("text/html");
    }

    @Test
    void files_are_asked_for_again_and_sent_again_only_when_they_have_changed() {
        HttpHeaders headers = get(here.service(), "/lifeline.js").getResponseHeaders();
        assertThat(headers.getCacheControl()).isEqualTo("no-cache");
        assertThat(headers.getLastModified()).isEqualTo(-1);
        String tag = headers.getETag();
        assertThat(tag).isNotNull();

        here.service()
                .http()
                .get()
                .uri("/lifeline.js")
                .header("If-None-Match", tag == null ? "" : tag)
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void browsers_are_told_to_load_nothing_from_elsewhere_and_nothing_inline() {
        HttpHeaders headers = get(here.service(), "/").getResponseHeaders();

        assertThat(headers.getFirst("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .contains("form-action 'self' " + here.issuer().uri())
                .doesNotContain("unsafe");
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getFirst("X-Frame-Options")).isEqualTo("DENY");
        assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(headers.getFirst("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(headers.getFirst("Permissions-Policy")).contains("camera=()");
        assertThat(headers.containsHeader("Strict-Transport-Security")).isFalse();
    }

    @Test
    void an_address_that_leads_nowhere_is_a_page_for_people_and_a_problem_for_programs() {
        assertThat(nowhere("/nope", "text/html,*/*;q=0.8"))
                .startsWith("<!doctype html>")
                .contains("There is nothing here");
        assertThat(nowhere("/nope", "application/json")).startsWith("{");
        assertThat(nowhere("/nope", "*/*")).startsWith("{");
    }

    private String nowhere(String path, String accept) {
        return String.valueOf(here.service()
                .http()
                .get()
                .uri(path)
                .header("Accept", accept)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    @Test
    void health_is_open_and_says_nothing_of_people() {
        assertThat(get(here.service(), "/actuator/health/liveness").getResponseBody())
                .isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(here.service(), "/actuator/health/readiness").getResponseBody())
                .isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void metrics_are_for_operators_and_auditors() {
        assertThat(metrics(People.OPS)
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .contains("jvm_memory_used_bytes", "lifeline_query_users");
        metrics(People.AUDITOR).expectStatus().isOk();
        metrics(People.ALICE).expectStatus().isForbidden();
        here.service()
                .http()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    private WebTestClient.ResponseSpec metrics(People person) {
        return here.service()
                .http(here.issuer().token(person))
                .get()
                .uri("/actuator/prometheus")
                .exchange();
    }

    @Test
    void nothing_else_of_the_service_is_shown_to_anybody() {
        here.service()
                .http(here.issuer().token(People.OPS))
                .get()
                .uri("/actuator/env")
                .exchange()
                .expectStatus()
                .isNotFound();
    }
}
