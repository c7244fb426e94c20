package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.AUDITOR;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Condition;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What is refused, and that every refusal is a problem that says what to do. */
class RefusalsTest {

    private static final String COMMAND = "66666666-6666-4666-8666-666666666666";

    private final Surroundings here = RunningQuery.shared();
    private final WebTestClient alice = here.service().http(here.issuer().token(ALICE));

    /** Every route that names a user. */
    static Stream<String> routesOfAUser() {
        return Stream.of(
                "GET /api/connectors/{id}/status",
                "GET /api/users/{id}/banners",
                "GET /api/users/{id}/banners/stream",
                "GET /api/users/{id}/timeline",
                "GET /api/users/{id}/commands/" + COMMAND,
                "POST /api/users/{id}/connectors/gmail/disable",
                "POST /api/users/{id}/connectors/gmail/enable",
                "DELETE /api/users/{id}/connectors/gmail",
                "GET /api/users/{id}/autonomy-state",
                "PUT /api/users/{id}/autonomy-pause",
                "GET /api/users/{id}/autonomy-settings",
                "PUT /api/users/{id}/autonomy-settings",
                "PUT /api/users/{id}/trust-tier",
                "GET /api/users/{id}/policies",
                "POST /api/users/{id}/policies/preview",
                "PUT /api/users/{id}/policies/" + COMMAND,
                "DELETE /api/users/{id}/policies/" + COMMAND,
                "GET /api/users/{id}/approvals",
                "POST /api/users/{id}/approvals/" + COMMAND + "/approve",
                "POST /api/users/{id}/approvals/" + COMMAND + "/reject");
    }

    @BeforeEach
    void bob_has_something_to_be_seen() {
        here.tables().clear();
        here.tables().silently(BOB.id(), "gmail", Condition.OK, Duration.ZERO);
    }

    private static ResponseSpec ask(WebTestClient client, String route, Object id) {
        String[] parts = route.split(" ");
        return client.method(HttpMethod.valueOf(parts[0])).uri(parts[1], id).exchange();
    }

    private static String problem(ResponseSpec answer, int status) {
        byte[] body = answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("about:blank")
                .jsonPath("$.title")
                .isNotEmpty()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.detail")
                .isNotEmpty()
                .jsonPath("$.instance")
                .isNotEmpty()
                .jsonPath("$.error")
                .isNotEmpty()
                .returnResult()
                .getResponseBody();
        return new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("routesOfAUser")
    void without_a_session_or_token_nothing_is_told(String route) {
        ResponseSpec answer = ask(here.service().http(), route, ALICE.id());

        answer.expectHeader().valueEquals("WWW-Authenticate", "Bearer");
        assertThat(problem(answer, 401)).contains("Sign in");
    }

    @ParameterizedTest
    @MethodSource("routesOfAUser")
    void another_user_is_answered_exactly_like_one_that_is_not_there(String route) {
        UUID nobody = UUID.fromString("77777777-7777-4777-8777-777777777777");

        String foreign = problem(ask(alice, route, BOB.id()), 404);
        String missing = problem(ask(alice, route, nobody), 404);

        assertThat(foreign.replace(BOB.id().toString(), "ID")).isEqualTo(missing.replace(nobody.toString(), "ID"));
    }

    @ParameterizedTest
    @MethodSource("routesOfAUser")
    void a_malformed_user_id_is_named(String route) {
        assertThat(problem(ask(alice, route, "alice"), 400)).contains("userId is not a UUID");
        assertThat(problem(ask(alice, route, "1-1-1-1-1"), 400)).contains("userId is not a UUID");
    }

    @ParameterizedTest
    @MethodSource("routesOfAUser")
    void an_agent_may_do_none_of_it(String route) {
        WebTestClient agent =
                here.service().http(here.issuer().token(ALICE, claims -> claims.claim("scope", "openid agent")));

        problem(ask(agent, route, ALICE.id()), 403);
    }

    @Test
    void an_auditor_changes_nothing() {
        WebTestClient auditor = here.service().http(here.issuer().token(AUDITOR));

        routesOfAUser()
                .filter(route -> !route.startsWith("GET"))
                .forEach(route -> problem(ask(auditor, route, AUDITOR.id()), 403));
        ask(auditor, "GET /api/connectors/{id}/status", AUDITOR.id())
                .expectStatus()
                .isOk();
    }

    @Test
    void a_malformed_command_id_is_named() {
        assertThat(problem(ask(alice, "GET /api/users/{id}/commands/1-1-1-1-1", ALICE.id()), 400))
                .contains("commandId is not a UUID");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=201,limit",
        "limit=many,limit",
        "before=yesterday,before",
        "before=MSAyIDMgNCA1,before"
    })
    void a_parameter_of_the_timeline_that_is_not_understood_is_named(String query, String field) {
        assertThat(problem(ask(alice, "GET /api/users/{id}/timeline?" + query, ALICE.id()), 400))
                .contains("\"detail\":\"" + field + " is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1000000000-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "-4800-01-01T00:00:00Z"
            })
    void a_cursor_from_before_or_after_all_time_is_none_of_ours(String at) {
        String cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " topic 0 0 0").getBytes(StandardCharsets.UTF_8));

        assertThat(problem(ask(alice, "GET /api/users/{id}/timeline?before=" + cursor, ALICE.id()), 400))
                .contains("\"detail\":\"before is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
    void a_cursor_from_within_time_is_taken(String at) {
        String cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " topic 0 0 0").getBytes(StandardCharsets.UTF_8));

        ask(alice, "GET /api/users/{id}/timeline?before=" + cursor, ALICE.id())
                .expectStatus()
                .isOk();
    }

    @Test
    void a_connector_that_the_user_does_not_have_is_not_there() {
        problem(ask(alice, "POST /api/users/{id}/connectors/gmail/disable", ALICE.id()), 404);
        problem(ask(alice, "DELETE /api/users/{id}/connectors/slack", ALICE.id()), 404);
    }

    @Test
    void a_command_that_was_never_given_is_not_there() {
        problem(ask(alice, "GET /api/users/{id}/commands/" + COMMAND, ALICE.id()), 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/users/1;x/banners",
                "/api//me",
                "/api/users%2F1/banners",
                "/api/%2e%2e/me",
                "/connect/a%5Cb"
            })
    void an_address_that_is_oddly_written_is_a_problem_too(String address) {
        URI uri = URI.create(here.service().uri() + address);

        assertThat(problem(alice.get().uri(uri).exchange(), 400)).contains("The address");
        problem(here.service().http().get().uri(uri).exchange(), 400);
    }

    @Test
    void a_method_that_an_address_does_not_take_is_refused_with_those_that_it_does() {
        ResponseSpec answer = ask(alice, "PUT /api/users/{id}/banners", ALICE.id());

        answer.expectHeader().valueEquals("Allow", "GET");
        assertThat(problem(answer, 405)).contains("\"detail\":\"This address takes GET.\"");
    }

    @Test
    void an_address_that_is_not_there_is_a_problem_too() {
        problem(ask(alice, "GET /api/users/{id}/nothing", ALICE.id()), 404);
        problem(ask(alice, "GET /nothing.html?{id}", "1"), 404);
    }

    @Test
    void what_can_not_be_given_is_refused() {
        problem(
                alice.get()
                        .uri("/api/connectors/{id}/status", ALICE.id())
                        .accept(MediaType.APPLICATION_PDF)
                        .exchange(),
                406);
    }
}
