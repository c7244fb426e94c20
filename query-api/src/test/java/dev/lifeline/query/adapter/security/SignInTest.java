package dev.lifeline.query.adapter.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lifeline.query.Browser;
import dev.lifeline.query.EventStream;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import dev.lifeline.query.TestIssuer;
import dev.lifeline.query.TestIssuer.People;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.core.context.SecurityContext;
import reactor.core.publisher.Mono;

@ExtendWith(OutputCaptureExtension.class)
class SignInTest {

    private static final String SESSION = "lifeline_session";

    private final Surroundings here = RunningQuery.shared();
    private final Browser browser = new Browser(here.service());

    @BeforeEach
    void alice_comes() {
        here.issuer().nextIs(People.ALICE);
        here.tables().clear();
    }

    @Test
    void leads_to_the_issuer_with_pkce_and_a_nonce() {
        HttpResponse<String> answer = browser.get("/login");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(Browser.location(answer).toString())
                .startsWith(here.issuer().uri() + "/authorize?")
                .contains("client_id=lifeline", "code_challenge_method=S256", "nonce=", "state=")
                .contains("redirect_uri=http://127.0.0.1:8080/login/oauth2/code/sandbox");
    }

    @Test
    void begins_where_it_will_end_though_the_person_came_by_another_name() {
        String location = here.service()
                .http()
                .get()
                .uri("/login?return=/connect/gmail")
                .header("Host", "localhost:8080")
                .exchange()
                .expectStatus()
                .isSeeOther()
                .returnResult(String.class)
                .getResponseHeaders()
                .getFirst("Location");

        assertThat(location).isEqualTo("http://127.0.0.1:8080/login?return=%2Fconnect%2Fgmail&moved=1");
        assertThat(Browser.location(browser.get("/login?return=%2Fconnect%2Fgmail&moved=1"))
                        .toString())
                .startsWith(here.issuer().uri() + "/authorize?");
    }

    @Test
    void gives_a_session_and_leads_on_to_where_the_person_wanted() {
        HttpResponse<String> answer = browser.signIn("/connect/gmail");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer)).hasToString("/connect/gmail");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith(SESSION + "=")
                        .contains("Path=/;", "HTTPOnly", "SameSite=Lax")
                        .doesNotContain("Secure"));
        assertThat(browser.me().get("userId").asString())
                .isEqualTo(People.ALICE.id().toString());
        assertThat(browser.me().get("name").asString()).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/%5Cevil.example", "evil"})
    void leads_nowhere_but_to_our_own_pages(String elsewhere) {
        assertThat(Browser.location(browser.signIn(elsewhere))).hasToString("/");
    }

    @Test
    void takes_people_in_whatever_private_key_the_issuer_signs_with() {
        try (TestIssuer issuer = TestIssuer.signingWith(JWSAlgorithm.ES256);
                RunningQuery there = here.another(
                        Map.of("lifeline.query.sign-in.issuer", issuer.uri().toString()))) {
            Browser person = new Browser(there);
            person.signIn("/");

            assertThat(person.me().get("name").asString()).isEqualTo("alice");
        }
    }

    @Test
    void leaves_nothing_in_the_database_that_signs_somebody_in() {
        browser.signIn("/");
        String secret = browser.cookie(SESSION).orElseThrow().getValue();

        assertThat(here.database()
                        .value("SELECT count(*) FROM web.session WHERE session::text LIKE '%" + secret + "%'"))
                .isEqualTo("0");
        assertThat(here.database().value("SELECT count(*) FROM web.session WHERE id_token LIKE 'eyJ%.%.%.%.%'"))
                .isNotEqualTo("0");
    }

    @Test
    void never_goes_on_in_a_session_that_was_there_before() {
        browser.signIn("/");
        String before = browser.cookie(SESSION).orElseThrow().getValue();
        here.issuer().nextIs(People.BOB);
        browser.signIn("/");

        assertThat(browser.cookie(SESSION).orElseThrow().getValue()).isNotEqualTo(before);
        assertThat(browser.me().get("name").asString()).isEqualTo("bob");
        assertThat(here.service()
                        .http()
                        .get()
                        .uri("/api/me")
                        .cookie(SESSION, before)
                        .exchange()
                        .returnResult(String.class)
                        .getStatus()
                        .value())
                .isEqualTo(401);
    }

    @Nested
    class is_refused {

        private void endsOnTheFirstPage(HttpResponse<String> answer) {
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(Browser.location(answer)).hasToString("/?notice=sign_in_failed");
            assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
        }

        @Test
        void with_another_state_than_this_browser_began_with(CapturedOutput said) {
            browser.get("/login");

            endsOnTheFirstPage(browser.get("/login/oauth2/code/sandbox?code=x&state=y"));
            assertThat(said).doesNotContain("nobody may be able to sign in");
        }

        @Test
        void and_what_another_tab_has_begun_goes_on() {
            String callback = browser.callback(browser.get("/login"));
            browser.get("/login/oauth2/code/sandbox?code=x&state=y");
            browser.get(callback);

            assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
        }

        @Test
        void in_another_browser_than_it_began_in() {
            String callback = new Browser(here.service()).callback(browser.get("/login"));

            Browser other = new Browser(here.service());
            assertThat(Browser.location(other.get(callback))).hasToString("/?notice=sign_in_failed");
        }

        @Test
        void a_second_time_with_the_same_answer() {
            String callback = browser.callback(browser.get("/login"));
            browser.get(callback);

            assertThat(Browser.location(browser.get(callback))).hasToString("/?notice=sign_in_failed");
        }

        @Test
        void where_the_person_said_no_which_is_nobody_elses_business(CapturedOutput said) {
            String state = browser.callback(browser.get("/login")).replaceAll(".*state=", "");

            endsOnTheFirstPage(browser.get("/login/oauth2/code/sandbox?error=access_denied&state=" + state));
            assertThat(said).doesNotContain("nobody may be able to sign in");
        }

        @Test
        void because_the_issuer_does_not_know_us_and_the_log_says_so(CapturedOutput said) {
            here.issuer().refusesClients(true);
            try {
                endsOnTheFirstPage(browser.signIn("/"));
            } finally {
                here.issuer().refusesClients(false);
            }

            assertThat(said).containsOnlyOnce("nobody may be able to sign in: invalid_client;");
        }

        @ParameterizedTest
        @CsvSource({
            "server_error,             nobody may be able to sign in: server_error;",
            "made_up%0Aby_somebody,    nobody may be able to sign in: an answer without a known code;"
        })
        void because_the_issuer_says_so(String error, String line, CapturedOutput said) {
            String state = browser.callback(browser.get("/login")).replaceAll(".*state=", "");

            endsOnTheFirstPage(browser.get("/login/oauth2/code/sandbox?error=" + error + "&state=" + state));
            assertThat(said).containsOnlyOnce(line).doesNotContain("by_somebody");
        }

        @Test
        void with_a_cookie_that_somebody_made_up() {
            assertThat(here.service()
                            .http()
                            .get()
                            .uri("/login/oauth2/code/sandbox?code=x&state=y")
                            .cookie("lifeline_sign_in", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c")
                            .exchange()
                            .returnResult(String.class)
                            .getResponseHeaders()
                            .getFirst("Location"))
                    .isEqualTo("/?notice=sign_in_failed");
        }
    }

    @Nested
    class a_session {

        @Test
        void works_on_every_instance() {
            Browser there = new Browser(here.second());
            there.signIn("/");

            assertThat(there.at(here.service()).me().get("name").asString()).isEqualTo("alice");
        }

        @Test
        void changes_nothing_without_the_token_against_forgery() {
            browser.signIn("/");
            String path = "/api/users/" + People.ALICE.id() + "/connectors/gmail/disable";

            assertThat(browser.post(path).statusCode()).isEqualTo(403);
            assertThat(browser.post(path).body()).contains("X-CSRF-TOKEN");
            assertThat(browser.post(path, "X-CSRF-TOKEN", "guessed").statusCode())
                    .isEqualTo(403);
            assertThat(browser.post(path, browser.csrf()).statusCode()).isEqualTo(404);
            assertThat(browser.post("/logout").statusCode()).isEqualTo(403);
        }

        @Test
        void pulls_no_brake_without_it_either() {
            browser.signIn("/");
            String path = "/api/users/" + People.ALICE.id() + "/autonomy-pause";

            assertThat(browser.put(path, "{\"paused\": true}").statusCode()).isEqualTo(403);
            assertThat(browser.put(path, "{\"paused\": true}", browser.csrf()).statusCode())
                    .isEqualTo(202);
        }

        @Test
        void may_begin_on_one_instance_and_end_on_another() {
            HttpResponse<String> toIssuer = browser.get("/login");
            Browser there = browser.at(here.second());
            there.get(there.callback(toIssuer));

            assertThat(there.me().get("name").asString()).isEqualTo("alice");
        }

        @Test
        void can_not_be_helped_by_the_token_of_another() {
            Browser other = new Browser(here.service());
            other.signIn("/");
            browser.signIn("/");

            assertThat(browser.post("/logout", other.csrf()).statusCode()).isEqualTo(403);
        }

        @Test
        void is_looked_up_once_a_request_and_does_not_end_within_it() {
            browser.signIn("/");
            Mono<SecurityContext> whoCame = here.service()
                    .bean("sessionContexts", SessionContexts.class)
                    .load(MockServerWebExchange.from(MockServerHttpRequest.get("/")
                            .cookie(new HttpCookie(
                                    SESSION,
                                    browser.cookie(SESSION).orElseThrow().getValue()))));
            SecurityContext first = whoCame.block();
            browser.post("/logout", browser.csrf());

            assertThat(first).isNotNull();
            assertThat(whoCame.block()).isSameAs(first);
        }

        @Test
        void expires_when_it_is_not_used() {
            browser.signIn("/");
            here.database()
                    .execute("UPDATE web.session SET last_used_at = now() - interval '25 hours' WHERE user_id = '"
                            + People.ALICE.id() + "'");

            assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
        }

        @Test
        void expires_in_the_end_however_much_it_is_used() {
            browser.signIn("/");
            here.database()
                    .execute("UPDATE web.session SET expires_at = now() WHERE user_id = '" + People.ALICE.id() + "'");

            assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
        }
    }

    @Nested
    class signing_out {

        @Test
        void ends_the_session_and_leads_to_the_issuer() {
            browser.signIn("/");
            String[] csrf = browser.csrf();

            HttpResponse<String> answer = browser.post("/logout", csrf);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains(here.issuer().uri() + "/end?id_token_hint=ey")
                    .contains("post_logout_redirect_uri=http://127.0.0.1:8080/");
            assertThat(browser.cookie(SESSION)).isEmpty();
            assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
        }

        @Test
        void works_from_a_form() {
            browser.signIn("/");

            HttpResponse<String> answer = browser.postForm("/logout", "_csrf=" + browser.csrf()[1]);

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(Browser.location(answer).getPath()).isEqualTo("/end");
        }

        @Test
        void without_a_session_leads_home_and_takes_no_cookie_away() {
            HttpResponse<String> answer = browser.postForm("/logout", "");

            assertThat(Browser.location(answer)).hasToString("http://127.0.0.1:8080/");
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        }

        @Test
        void ends_the_open_streams_of_that_session_on_every_instance_and_no_others() {
            browser.signIn("/");
            Browser elsewhere = new Browser(here.service());
            elsewhere.signIn("/");
            try (EventStream there = stream(here.second(), browser);
                    EventStream other = stream(here.second(), elsewhere)) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() ->
                                !there.events().isEmpty() && !other.events().isEmpty());
                browser.post("/logout", browser.csrf());

                await().atMost(Duration.ofSeconds(10)).until(there::ended);
                assertThat(other.ended()).isFalse();
            }
        }

        private EventStream stream(RunningQuery service, Browser person) {
            return EventStream.open(
                    service.uri().resolve("/api/users/" + People.ALICE.id() + "/banners/stream"),
                    "Cookie",
                    SESSION + "=" + person.cookie(SESSION).orElseThrow().getValue());
        }
    }
}
