package dev.lifeline.query.adapter.security;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.lifeline.events.UserIds;
import dev.lifeline.query.Browser;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import dev.lifeline.query.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class BearerTokensTest {

    private final Surroundings here = RunningQuery.shared();
    private final TestIssuer issuer = here.issuer();

    private ResponseSpec me(String token) {
        return here.service().http(token).get().uri("/api/me").exchange();
    }

    private void refused(String token) {
        me(token)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.error")
                .isNotEmpty();
    }

    @Test
    void one_made_for_lifeline_is_taken() {
        me(issuer.token(OPS))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.userId")
                .isEqualTo(OPS.id().toString())
                .jsonPath("$.name")
                .isEqualTo("ops")
                .jsonPath("$.roles[0]")
                .isEqualTo("operator")
                .jsonPath("$.csrf")
                .isEqualTo(null)
                .jsonPath("$.connectors[0].name")
                .isEqualTo("gmail")
                .jsonPath("$.connectors[1].label")
                .isEqualTo("Google Calendar")
                .jsonPath("$.pollInterval")
                .isEqualTo("PT5S")
                .jsonPath("$.now")
                .isNotEmpty();
    }

    @Test
    void one_made_for_several_is_taken() {
        me(issuer.token(ALICE, claims -> claims.audience(List.of("mail", "lifeline"))))
                .expectStatus()
                .isOk();
    }

    @Test
    void one_that_the_same_issuer_made_for_something_else_is_refused() {
        refused(issuer.token(ALICE, claims -> claims.audience("lifeline-connect")));
        refused(issuer.token(ALICE, claims -> claims.audience((String) null)));
    }

    @Test
    void the_id_token_of_a_session_is_refused() {
        Browser browser = new Browser(here.service());
        issuer.nextIs(ALICE);
        browser.signIn("/");
        String location = browser.post("/logout", browser.csrf()).body();
        Matcher idToken = Pattern.compile("id_token_hint=([\\w.-]+)").matcher(location);

        assertThat(idToken.find()).isTrue();
        refused(idToken.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "at_hash", "c_hash", "s_hash"})
    void one_that_bears_the_marks_of_an_id_token_is_refused(String mark) {
        refused(issuer.token(ALICE, claims -> claims.claim(mark, "dGhpcyBpcyBub3RoaW5n")));
    }

    @Test
    void one_of_another_issuer_is_refused() {
        refused(issuer.token(ALICE, claims -> claims.issuer("https://elsewhere.example")));
    }

    @Test
    void one_that_has_expired_is_refused() {
        refused(issuer.token(
                ALICE, claims -> claims.expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(5))))));
    }

    @Test
    void one_that_never_expires_is_refused() {
        refused(issuer.token(ALICE, claims -> claims.expirationTime(null)));
    }

    @Test
    void one_signed_with_another_key_is_refused() {
        refused(issuer.forged(ALICE));
    }

    @Test
    void one_that_is_not_signed_is_refused() {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer.uri().toString())
                .subject(ALICE.id().toString())
                .audience("lifeline")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build();

        refused(new PlainJWT(claims).serialize());
    }

    @Test
    void what_is_no_token_at_all_is_refused() {
        refused("nonsense");
        refused("a.b.c");
    }

    @Test
    void one_in_the_address_is_not_looked_at() {
        here.service()
                .http()
                .get()
                .uri("/api/me?access_token={token}", issuer.token(ALICE))
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void a_subject_that_is_no_uuid_gets_one_made_of_issuer_and_subject() {
        me(issuer.token(ALICE, claims -> claims.subject("auth0|alice")))
                .expectBody()
                .jsonPath("$.userId")
                .isEqualTo(UserIds.of(issuer.uri().toString(), "auth0|alice").toString());
    }
}
