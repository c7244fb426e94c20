package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.AUDITOR;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lifeline.query.Browser;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class ConnectTest {

    private final Surroundings here = RunningQuery.shared();
    private final Browser browser = new Browser(here.service());

    @Test
    void hands_a_signed_ticket_to_the_provider_and_its_nonce_to_the_browser() throws Exception {
        here.issuer().nextIs(ALICE);
        browser.signIn("/");

        HttpResponse<String> answer = browser.get("/connect/google-calendar");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer).getPath()).isEqualTo("/oauth/sandbox/authorize");
        SignedJWT ticket = SignedJWT.parse(Browser.location(answer).getQuery().replaceFirst("ticket=", ""));
        assertThat(ticket.verify(new MACVerifier(RunningQuery.TICKET_KEY))).isTrue();
        JWTClaimsSet claims = ticket.getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("lifeline-connect");
        assertThat(claims.getSubject()).isEqualTo(ALICE.id().toString());
        assertThat(claims.getStringClaim("connector")).isEqualTo("google-calendar");
        assertThat(claims.getJWTID()).isNotEmpty();
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(60_000);

        String cookie = answer.headers().allValues("Set-Cookie").stream()
                .filter(value -> value.startsWith("lifeline_connect="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("Path=/oauth;", "HTTPOnly", "SameSite=Lax", "Max-Age=600");
        String nonce = cookie.substring("lifeline_connect=".length(), cookie.indexOf(';'));
        assertThat(claims.getStringClaim("nonce_hash"))
                .isEqualTo(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256")
                                .digest(nonce.getBytes(StandardCharsets.US_ASCII))));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void a_second_tab_leaves_the_consent_under_way_in_the_first_and_another_session_does_not() {
        here.issuer().nextIs(ALICE);
        browser.signIn("/");
        String nonce = nonce(browser.get("/connect/gmail"));

        assertThat(nonce(browser.get("/connect/google-calendar"))).isEqualTo(nonce);
        here.issuer().nextIs(ALICE);
        browser.signIn("/");
        assertThat(nonce(browser.get("/connect/gmail"))).isNotEqualTo(nonce);
    }

    @Test
    void what_one_person_has_begun_ends_for_whoever_uses_the_browser_next() {
        here.issuer().nextIs(ALICE);
        browser.signIn("/");
        browser.get("/connect/gmail");
        assertThat(browser.cookie("lifeline_connect")).isPresent();

        here.issuer().nextIs(BOB);
        browser.signIn("/");
        assertThat(browser.cookie("lifeline_connect")).isEmpty();
        browser.get("/connect/gmail");
        browser.post("/logout", browser.csrf());
        assertThat(browser.cookie("lifeline_connect")).isEmpty();
    }

    private static String nonce(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(value -> value.startsWith("lifeline_connect="))
                .map(value -> value.substring("lifeline_connect=".length(), value.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void knows_only_what_is_offered() {
        here.issuer().nextIs(ALICE);
        browser.signIn("/");

        assertThat(browser.get("/connect/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void is_not_for_an_auditor_who_changes_nothing() {
        here.issuer().nextIs(AUDITOR);
        browser.signIn("/");

        HttpResponse<String> answer = browser.get("/connect/gmail");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"error\"");
        assertThat(browser.cookie("lifeline_connect")).isEmpty();
    }

    @Test
    void is_not_for_programs_which_have_no_session() {
        for (String token : List.of(
                here.issuer().token(ALICE),
                here.issuer().token(AUDITOR),
                here.issuer().token(ALICE, claims -> claims.claim("scope", "agent")))) {
            here.service()
                    .http(token)
                    .get()
                    .uri("/connect/gmail")
                    .exchange()
                    .expectStatus()
                    .isForbidden()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectHeader()
                    .doesNotExist("Set-Cookie");
        }
    }

    @Test
    void sends_a_person_who_is_not_signed_in_to_do_that_first() {
        HttpResponse<String> answer = browser.get("/connect/gmail");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer)).hasToString("/login?return=%2Fconnect%2Fgmail");
    }
}
