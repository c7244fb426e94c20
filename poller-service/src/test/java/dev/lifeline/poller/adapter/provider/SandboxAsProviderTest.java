package dev.lifeline.poller.adapter.provider;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.application.Poll.Outcome;
import dev.lifeline.poller.application.Provider;
import dev.lifeline.poller.domain.classification.Json;
import dev.lifeline.poller.domain.classification.ProviderKind;
import dev.lifeline.poller.domain.classification.TokenOutcome;
import dev.lifeline.poller.domain.classification.Tokens;
import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.sandbox.Sandbox;
import dev.lifeline.sandbox.SandboxApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real OAuth server. */
class SandboxAsProviderTest {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private static Sandbox sandbox;
    private static Provider provider;

    private String refreshToken = "";
    private String accessToken = "";

    @BeforeAll
    static void start(@TempDir Path home) {
        sandbox = SandboxApplication.start("lifeline.sandbox.home=" + home, "lifeline.sandbox.history-kept=20");
        String base = sandbox.baseUrl().toString();
        var settings = new ProviderSettings(
                ProviderKind.GOOGLE,
                URI.create(base + "/oauth2/authorize"),
                URI.create(base + "/oauth2/token"),
                URI.create(base + "/oauth2/revoke"),
                URI.create(base + "/userinfo"),
                base,
                URI.create(base + "/oauth2/jwks"),
                Map.of("gmail", sandbox.baseUrl(), "google-calendar", sandbox.baseUrl()),
                "lifeline-connect",
                "sandbox-secret-connect",
                null);
        provider = requireNonNull(
                Providers.of(Map.of("sandbox", settings), Clock.systemUTC()).get("sandbox"));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void consent() {
        control("mode", "{\"mode\":\"ok\"}");
        Map<String, Object> consent = control("users/alice/consent", "");
        accessToken = requireNonNull(Json.text(consent, "accessToken"));
        refreshToken = requireNonNull(Json.text(consent, "refreshToken"));
    }

    private static Map<String, Object> control(String path, String body) {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/control/" + path))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return Json.object(response.body()).orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Tokens refreshed() {
        return switch (provider.tokens().refresh(refreshToken, WITHIN)) {
            case TokenOutcome.Granted granted -> granted.tokens();
            case TokenOutcome.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private Verdict refused(Duration within) {
        return switch (provider.tokens().refresh(refreshToken, within)) {
            case TokenOutcome.Refused refused -> refused.verdict();
            case TokenOutcome.Granted granted -> throw new AssertionError("granted");
        };
    }

    private static Outcome.Read read(String api, String token, String cursor) {
        Poll poll = provider.poll(api).orElseThrow();
        Outcome outcome = poll.read(token, cursor.isEmpty() ? null : cursor, WITHIN);
        assertThat(outcome).isInstanceOf(Outcome.Read.class);
        return (Outcome.Read) outcome;
    }

    @Test
    void refreshes_and_names_the_account() {
        Tokens tokens = refreshed();
        assertThat(tokens.expiresIn()).isNotNull();
        assertThat(provider.accounts().identify(tokens, null, WITHIN))
                .isEqualTo(new Account("11111111-1111-4111-8111-111111111111", "alice@example.org"));
    }

    @Test
    void counts_new_mail_since_the_last_poll() {
        Outcome.Read first = read("gmail", accessToken, "");
        control("users/alice/mail", "{\"count\":3}");
        Outcome.Read second = read("gmail", accessToken, first.cursor());
        assertThat(second.itemsFound()).isEqualTo(3);
        assertThat(read("gmail", accessToken, second.cursor()).itemsFound()).isZero();
    }

    @Test
    void reads_a_mailbox_anew_when_its_history_is_gone() {
        String cursor = read("gmail", accessToken, "").cursor();
        control("users/alice/mail", "{\"count\":40}");
        assertThat(read("gmail", accessToken, cursor).itemsFound()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void counts_new_events_since_the_last_poll() {
        String cursor = read("google-calendar", accessToken, "").cursor();
        control("users/alice/events", "{\"count\":2}");
        assertThat(read("google-calendar", accessToken, cursor).itemsFound()).isEqualTo(2);
    }

    @Test
    void sees_that_access_was_revoked() {
        control("users/alice/revoke", "");
        Verdict verdict = refused(WITHIN);
        assertThat(verdict.failureClass()).isEqualTo(FailureClass.REAUTH);
        assertThat(verdict.errorCode()).isEqualTo("invalid_grant");
        Outcome outcome = provider.poll("gmail").orElseThrow().read(accessToken, null, WITHIN);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        it -> assertThat(it.unauthorized()).isTrue());
    }

    @Test
    void ends_a_grant() {
        assertThat(provider.tokens().revoke(refreshToken, WITHIN)).isTrue();
        assertThat(refused(WITHIN).failureClass()).isEqualTo(FailureClass.REAUTH);
    }

    @Test
    void blames_nobody_for_what_passes() {
        control("mode", "{\"mode\":\"outage\"}");
        assertThat(refused(WITHIN).failureClass()).isEqualTo(FailureClass.TRANSIENT);
        control("mode", "{\"mode\":\"garbage\"}");
        assertThat(refused(WITHIN).failureClass()).isEqualTo(FailureClass.TRANSIENT);
        control("mode", "{\"mode\":\"rate_limited\"}");
        assertThat(refused(WITHIN).retryAfter()).isEqualTo(Duration.ofSeconds(5));
        control("mode", "{\"mode\":\"slow\"}");
        assertThat(refused(Duration.ofMillis(300)).errorCode()).isEqualTo("no_answer");
    }

    @Test
    void knows_its_own_fault() {
        control("mode", "{\"mode\":\"invalid_client\"}");
        Verdict verdict = refused(WITHIN);
        assertThat(verdict.failureClass()).isEqualTo(FailureClass.CONFIG);
        assertThat(verdict.errorCode()).isEqualTo("invalid_client");
    }

    @Test
    void judges_exactly_what_it_was_answered() {
        control(
                "mode",
                "{\"mode\":\"answer\",\"status\":400,\"contentType\":\"application/json\",\"headers\":{},"
                        + "\"body\":\"{\\\"error\\\":\\\"invalid_grant\\\",\\\"error_subtype\\\":\\\"invalid_rapt\\\"}\"}");
        assertThat(refused(WITHIN).errorCode()).isEqualTo("invalid_rapt");
    }
}
