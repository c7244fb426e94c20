package dev.lifeline.sandbox;

import static dev.lifeline.sandbox.Browser.json;
import static dev.lifeline.sandbox.Client.field;
import static dev.lifeline.sandbox.Provider.EVENTS;
import static dev.lifeline.sandbox.Provider.PROFILE;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeline.sandbox.Provider.Tokens;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class FaultsTest {

    private static final Duration SLOW = Duration.ofMillis(300);

    private static Sandbox sandbox;
    private static Provider provider;
    private Tokens tokens;

    @BeforeAll
    static void start(@TempDir Path home) {
        sandbox = SandboxApplication.start(
                "lifeline.sandbox.home=" + home, "lifeline.sandbox.slow-answer=" + SLOW, "spring.main.banner-mode=off");
        provider = new Provider(sandbox.baseUrl());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void all_is_well() {
        provider.enter("ok");
        provider.revoke("alice");
        tokens = provider.consent("alice");
    }

    @Test
    void a_refresh_brings_a_new_access_token_and_keeps_the_refresh_token() {
        HttpResponse<String> refreshed = provider.refresh(tokens);
        assertThat(refreshed.statusCode()).isEqualTo(200);
        assertThat(json(refreshed).has("refresh_token")).isFalse();
        assertThat(field(refreshed, "token_type")).isEqualTo("Bearer");
        assertThat(field(refreshed, "scope")).contains(Client.GMAIL, Client.CALENDAR);
        var fresh = new Tokens(field(refreshed, "access_token"), tokens.refresh());
        assertThat(provider.read(PROFILE, fresh).statusCode()).isEqualTo(200);
        assertThat(provider.read(PROFILE, tokens).statusCode()).isEqualTo(200);
        assertThat(provider.refresh(tokens).statusCode()).isEqualTo(200);
    }

    @Test
    void revoking_ends_refresh_and_access_tokens() {
        provider.revoke("alice");
        HttpResponse<String> refused = provider.refresh(tokens);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo(
                        "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been expired or revoked.\"}");
        HttpResponse<String> unread = provider.read(PROFILE, tokens);
        assertThat(unread.statusCode()).isEqualTo(401);
        assertThat(json(unread).at("/error/status").stringValue()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void a_client_can_end_what_it_was_given_and_nobody_elses() {
        Tokens bobs = provider.consent("bob");
        var ended = Client.CONNECT.post(provider.http(), "/oauth2/revoke", Map.of("token", tokens.refresh()));
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(provider.refresh(tokens).statusCode()).isEqualTo(400);
        assertThat(provider.read(PROFILE, tokens).statusCode()).isEqualTo(401);
        assertThat(provider.refresh(bobs).statusCode()).isEqualTo(200);
    }

    @Test
    void the_sign_in_client_can_not_use_what_was_given_to_the_other() {
        assertThat(field(Client.SIGN_IN.refresh(provider.http(), tokens.refresh()), "error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void a_new_consent_after_a_revocation_works() {
        provider.revoke("alice");
        assertThat(provider.refresh(provider.consent("alice")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"outage", "rate_limited", "slow", "garbage", "invalid_client"})
    void any_mode_but_ok_ends_the_access_tokens_that_are_out(String mode) {
        provider.enter(mode);
        provider.enter("ok");
        assertThat(provider.read(PROFILE, tokens).statusCode()).isEqualTo(401);
        assertThat(provider.refresh(tokens).statusCode()).isEqualTo(200);
    }

    @Test
    void outage_answers_refresh_and_apis_with_503() {
        provider.enter("outage");
        assertThat(provider.refresh(tokens).statusCode()).isEqualTo(503);
        assertThat(provider.read(PROFILE, tokens).statusCode()).isEqualTo(503);
        assertThat(provider.read(EVENTS, tokens).statusCode()).isEqualTo(503);
    }

    @Test
    void rate_limited_says_when_to_come_again() {
        provider.enter("rate_limited");
        assertThat(provider.refresh(tokens).statusCode()).isEqualTo(429);
        assertThat(provider.refresh(tokens).headers().firstValue("Retry-After")).contains("5");
        assertThat(provider.read(EVENTS, tokens).statusCode()).isEqualTo(429);
        assertThat(provider.read(EVENTS, tokens).headers().firstValue("Retry-After"))
                .contains("5");
    }

    @Test
    void slow_gives_the_right_answer_late() {
        provider.enter("slow");
        Instant asked = Instant.now();
        HttpResponse<String> refreshed = provider.refresh(tokens);
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(SLOW);
        assertThat(refreshed.statusCode()).isEqualTo(200);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void what_waits_for_a_slow_answer_ends_with_the_server(@TempDir Path home, CapturedOutput output) throws Exception {
        Sandbox other = SandboxApplication.start(
                "lifeline.sandbox.home=" + home, "lifeline.sandbox.slow-answer=3s", "spring.main.banner-mode=off");
        Provider there = new Provider(other.baseUrl());
        Tokens given = there.consent("alice");
        there.enter("slow");
        Instant asked = Instant.now();
        CompletableFuture<HttpResponse<String>> waits = CompletableFuture.supplyAsync(() -> there.refresh(given));
        await().until(() -> there.stats().at("/token/alice").intValue() == 1);
        Instant closing = Instant.now();
        other.close();
        assertThat(waits.handle((answer, failure) -> failure != null || answer.statusCode() == 503))
                .succeedsWithin(Duration.ofSeconds(1), as(InstanceOfAssertFactories.BOOLEAN))
                .isTrue();
        assertThat(Duration.between(closing, Instant.now())).isLessThan(Duration.ofSeconds(2));
        Thread.sleep(asked.plusMillis(3_300).toEpochMilli() - Instant.now().toEpochMilli());
        assertThat(output).doesNotContain(" ERROR ");
    }

    @Test
    void garbage_is_no_json() {
        provider.enter("garbage");
        HttpResponse<String> garbage = provider.refresh(tokens);
        assertThat(garbage.statusCode()).isEqualTo(200);
        assertThat(garbage.body()).startsWith("\uFEFF}");
        assertThat(provider.read(PROFILE, tokens).body()).startsWith("\uFEFF}");
    }

    @Test
    void invalid_client_concerns_refresh_only() {
        provider.enter("invalid_client");
        HttpResponse<String> refused = provider.refresh(tokens);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(field(refused, "error")).isEqualTo("invalid_client");
        assertThat(provider.read(PROFILE, provider.consent("alice")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_answer_word_by_word_is_what_each_refresh_gets() {
        String answer = "{\"error\": \"invalid_grant\", \"error_description\": \"Bad Request\"}";
        var entered = provider.http().postJson("/control/mode", """
                        {"mode": "answer", "status": 418, "contentType": "text/plain;charset=iso-8859-1",
                         "headers": {"X-Tea": "yes", "Retry-After": "7"}, "body": %s}
                        """.formatted(Browser.JSON.writeValueAsString(answer)));
        assertThat(entered.statusCode()).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> got = provider.refresh(tokens);
            assertThat(got.statusCode()).isEqualTo(418);
            assertThat(got.body()).isEqualTo(answer);
            assertThat(got.headers().firstValue("Content-Type")).contains("text/plain;charset=iso-8859-1");
            assertThat(got.headers().firstValue("X-Tea")).contains("yes");
            assertThat(got.headers().firstValue("Retry-After")).contains("7");
            assertThat(got.headers().firstValue("Cache-Control")).isEmpty();
        }
        assertThat(provider.read(PROFILE, provider.consent("alice")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void sign_in_and_consent_go_on_in_every_mode() {
        provider.enter("outage");
        var person = new Browser(sandbox.baseUrl());
        var page = person.get(Client.CONNECT.authorizationRequest("openid email " + Client.GMAIL, "&prompt=consent"));
        var consent = person.signIn(page, "alice", "lifeline");
        var callback = Browser.leadsTo(person.submit(consent, "/oauth2/authorize", Map.of(), List.of()));
        assertThat(Client.CONNECT
                        .exchange(provider.http(), callback, Client.VERIFIER)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refused_requests_are_counted_too() {
        var before = provider.stats();
        provider.refresh(tokens);
        provider.enter("outage");
        provider.refresh(tokens);
        provider.enter("ok");
        provider.revoke("alice");
        provider.refresh(tokens);
        provider.read(PROFILE, tokens);
        provider.read(EVENTS, tokens);
        var after = provider.stats();
        assertThat(after.at("/token/alice").intValue()
                        - before.at("/token/alice").intValue())
                .isEqualTo(3);
        assertThat(after.at("/mail/alice").intValue() - before.at("/mail/alice").intValue())
                .isEqualTo(1);
        assertThat(after.at("/calendar/alice").intValue()
                        - before.at("/calendar/alice").intValue())
                .isEqualTo(1);
        assertThat(after.at("/token/bob").intValue()).isZero();
    }
}
