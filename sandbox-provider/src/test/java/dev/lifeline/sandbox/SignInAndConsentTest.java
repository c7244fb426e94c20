package dev.lifeline.sandbox;

import static dev.lifeline.sandbox.Browser.json;
import static dev.lifeline.sandbox.Browser.leadsTo;
import static dev.lifeline.sandbox.Browser.parameter;
import static dev.lifeline.sandbox.Client.CALENDAR;
import static dev.lifeline.sandbox.Client.CONNECT;
import static dev.lifeline.sandbox.Client.GMAIL;
import static dev.lifeline.sandbox.Client.SIGN_IN;
import static dev.lifeline.sandbox.Client.VERIFIER;
import static dev.lifeline.sandbox.Client.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoders;

class SignInAndConsentTest {

    private static final String ALICE = "11111111-1111-4111-8111-111111111111";
    private static final String BOTH = "openid email " + GMAIL + " " + CALENDAR;
    private static final String OFFLINE = "&access_type=offline&prompt=consent&include_granted_scopes=true";

    private static Sandbox sandbox;
    private Browser person;
    private Browser program;

    @BeforeAll
    static void start(@TempDir Path home) {
        sandbox = SandboxApplication.start("lifeline.sandbox.home=" + home);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void fresh() {
        person = new Browser(sandbox.baseUrl());
        program = new Browser(sandbox.baseUrl());
        program.postJson("/control/users/alice/revoke", "");
        program.postJson("/control/users/bob/revoke", "");
    }

    @Nested
    class Signing_in_to_lifeline {

        @Test
        void needs_no_consent_and_gives_an_id_token_for_lifeline() {
            var page = person.get(SIGN_IN.authorizationRequest("openid email profile", "&nonce=n-1"));
            URI callback = leadsTo(person.signIn(page, "ops", "lifeline"));
            assertThat(callback.toString()).startsWith(SIGN_IN.redirectUri());
            assertThat(parameter(callback, "state")).contains("the-state");

            var tokens = SIGN_IN.exchange(program, callback, VERIFIER);
            Jwt id = verified(field(tokens, "id_token"));
            assertThat(id.getAudience()).containsExactly("lifeline");
            assertThat(id.getSubject()).isEqualTo("99999999-9999-4999-8999-999999999999");
            assertThat(id.getClaimAsStringList("roles")).containsExactly("operator");
            assertThat(id.getClaimAsString("email")).isEqualTo("ops@example.org");
            assertThat(id.getClaimAsString("nonce")).isEqualTo("n-1");
            assertThat(json(tokens).has("refresh_token")).isFalse();

            var info = program.get("/userinfo", "Authorization", "Bearer " + field(tokens, "access_token"));
            assertThat(json(info).required("name").stringValue()).isEqualTo("ops");
        }

        @Test
        void refuses_a_wrong_password() {
            var page = person.get(SIGN_IN.authorizationRequest("openid", ""));
            assertThat(person.signIn(page, "alice", "guess").body()).contains("do not go together");
        }

        @Test
        void asks_who_it_is_when_the_client_wants_that() {
            person.signIn(person.get("/login"), "alice", "lifeline");
            assertThat(leadsTo(person.get(SIGN_IN.authorizationRequest("openid", ""))))
                    .hasParameter("code");
            assertThat(person.get(SIGN_IN.authorizationRequest("openid", "&prompt=select_account"))
                            .body())
                    .contains("Sign in");
        }

        @Test
        void keeps_its_session_in_a_cookie_of_its_own() {
            assertThat(person.get("/login").headers().allValues("Set-Cookie"))
                    .singleElement()
                    .asString()
                    .startsWith("sandbox_session=")
                    .contains("HttpOnly", "SameSite=Lax");
        }
    }

    @Nested
    class Connecting {

        @Test
        void shows_each_scope_with_a_box_and_gives_what_is_ticked() {
            var page = consentPage("alice", OFFLINE);
            assertThat(page.body()).contains("Read your mail", "Read your calendar", "alice@example.org");

            URI callback = leadsTo(person.submit(page, "/oauth2/authorize", Map.of(), List.of()));
            var tokens = CONNECT.exchange(program, callback, VERIFIER);
            assertThat(field(tokens, "scope").split(" ")).containsExactlyInAnyOrder("openid", "email", GMAIL, CALENDAR);
            assertThat(json(tokens).required("expires_in").intValue()).isBetween(3590, 3600);
            assertThat(verified(field(tokens, "id_token")).getSubject()).isEqualTo(ALICE);
            assertThat(verified(field(tokens, "id_token")).getAudience()).containsExactly("lifeline-connect");
            assertThat(mail(field(tokens, "access_token"))).isEqualTo(200);
        }

        @Test
        void leaves_out_a_scope_that_was_unticked_also_when_it_was_given_before() {
            person.submit(consentPage("alice", OFFLINE), "/oauth2/authorize", Map.of(), List.of());
            var page = person.get(CONNECT.authorizationRequest(BOTH, OFFLINE));
            URI callback = leadsTo(person.submit(page, "/oauth2/authorize", Map.of(), List.of(CALENDAR)));

            var tokens = CONNECT.exchange(program, callback, VERIFIER);
            assertThat(field(tokens, "scope")).contains(GMAIL).doesNotContain(CALENDAR);
            var refused = program.get(
                    "/calendar/v3/calendars/primary/events",
                    "Authorization",
                    "Bearer " + field(tokens, "access_token"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        }

        @Test
        void comes_back_with_access_denied_when_nothing_is_allowed() {
            var page = consentPage("alice", OFFLINE);
            URI callback = leadsTo(
                    person.submit(page, "/oauth2/authorize", Map.of(), List.of("openid", "email", GMAIL, CALENDAR)));
            assertThat(parameter(callback, "error")).contains("access_denied");
            assertThat(parameter(callback, "state")).contains("the-state");
        }

        @Test
        void asks_again_only_when_it_is_to() {
            URI callback = leadsTo(person.submit(consentPage("alice", ""), "/oauth2/authorize", Map.of(), List.of()));
            CONNECT.exchange(program, callback, VERIFIER);
            assertThat(leadsTo(person.get(CONNECT.authorizationRequest(BOTH, ""))))
                    .hasParameter("code");
            assertThat(person.get(CONNECT.authorizationRequest(BOTH, OFFLINE)).body())
                    .contains("wants to access");
        }

        @Test
        void lets_somebody_else_sign_in() {
            var page = consentPage("alice", OFFLINE);
            var signIn = person.submit(page, "/consent/other-account", Map.of(), List.of());
            assertThat(person.signIn(signIn, "bob@example.org", "lifeline").body())
                    .contains("wants to access", "bob@example.org");
        }

        @Test
        void says_when_another_account_was_asked_for() {
            assertThat(consentPage("bob", OFFLINE + "&login_hint=alice@example.org")
                            .body())
                    .contains("asked for alice@example.org, which is another account");
            assertThat(person.get(CONNECT.authorizationRequest(BOTH, OFFLINE + "&login_hint=bob@example.org"))
                            .body())
                    .contains("wants to access")
                    .doesNotContain("which is another account");
        }

        @Test
        void needs_the_verifier_of_the_challenge() {
            URI callback =
                    leadsTo(person.submit(consentPage("alice", OFFLINE), "/oauth2/authorize", Map.of(), List.of()));
            var refused = CONNECT.exchange(program, callback, "another" + VERIFIER);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(field(refused, "error")).isEqualTo("invalid_grant");
        }

        @Test
        void takes_no_plain_challenge_and_no_request_without_one() {
            String request = CONNECT.authorizationRequest(BOTH, "");
            person.signIn(person.get("/login"), "alice", "lifeline");
            URI plain = leadsTo(person.get(request.replace("S256", "plain")));
            assertThat(parameter(plain, "error")).contains("invalid_request");
            URI none = leadsTo(person.get(request.replaceAll("&code_challenge[^&]*", "")));
            assertThat(parameter(none, "error")).contains("invalid_request");
        }

        @Test
        void leads_to_no_address_that_is_not_the_clients() {
            person.signIn(person.get("/login"), "alice", "lifeline");
            var refused = person.get(CONNECT.authorizationRequest(BOTH, "")
                    .replace(Browser.encode("http://127.0.0.1:8080"), Browser.encode("http://evil.example")));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("redirect_uri").doesNotContain("evil.example");
        }

        @Test
        void takes_a_code_once() {
            URI callback =
                    leadsTo(person.submit(consentPage("alice", OFFLINE), "/oauth2/authorize", Map.of(), List.of()));
            assertThat(CONNECT.exchange(program, callback, VERIFIER).statusCode())
                    .isEqualTo(200);
            var again = CONNECT.exchange(program, callback, VERIFIER);
            assertThat(again.statusCode()).isEqualTo(400);
            assertThat(field(again, "error_description")).isEqualTo("Malformed auth code.");
        }
    }

    private java.net.http.HttpResponse<String> consentPage(String name, String more) {
        return person.signIn(person.get(CONNECT.authorizationRequest(BOTH, more)), name, "lifeline");
    }

    private int mail(String accessToken) {
        return program.get("/gmail/v1/users/me/profile", "Authorization", "Bearer " + accessToken)
                .statusCode();
    }

    private static Jwt verified(String token) {
        return JwtDecoders.fromIssuerLocation(sandbox.baseUrl().toString()).decode(token);
    }
}
