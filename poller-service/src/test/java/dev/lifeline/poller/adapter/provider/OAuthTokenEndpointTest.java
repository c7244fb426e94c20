package dev.lifeline.poller.adapter.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.adapter.provider.ProviderSettings.ClientAuthentication;
import dev.lifeline.poller.application.TokenEndpoint;
import dev.lifeline.poller.application.TokenEndpoint.Authorization;
import dev.lifeline.poller.domain.classification.ProviderKind;
import dev.lifeline.poller.domain.classification.TokenOutcome;
import dev.lifeline.poller.domain.classification.Tokens;
import dev.lifeline.poller.domain.classification.Verdict;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthTokenEndpointTest {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    /** The verifier and challenge of RFC 7636 appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final URI CALLBACK = URI.create("http://127.0.0.1:8080/oauth/sandbox/callback");

    private final LocalServer server = new LocalServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private TokenEndpoint endpoint(ProviderKind kind, @Nullable ClientAuthentication authentication) {
        var settings = new ProviderSettings(
                kind,
                server.address("/authorize"),
                server.address("/token"),
                server.address("/revoke"),
                null,
                null,
                null,
                null,
                "the client",
                "the secret",
                authentication);
        return new OAuthTokenEndpoint(Endpoints.of("test", settings), Calls.pooled());
    }

    private TokenEndpoint google() {
        return endpoint(ProviderKind.GOOGLE, null);
    }

    private Verdict refusal() {
        return switch (google().refresh("the-refresh-token", WITHIN)) {
            case TokenOutcome.Refused refused -> refused.verdict();
            case TokenOutcome.Granted granted -> throw new AssertionError("granted");
        };
    }

    @Test
    void people_are_sent_with_pkce_state_and_nonce() {
        URI uri = google().authorizationUri(new Authorization(
                CALLBACK,
                Set.of("https://mail", "https://calendar"),
                "the state",
                VERIFIER,
                "the-nonce",
                "alice@example.org"));
        assertThat(uri.toString()).startsWith(server.address("/authorize?").toString());
        assertThat(LocalServer.pairs(uri.getRawQuery()))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("response_type", "code"),
                        Map.entry("client_id", "the client"),
                        Map.entry("redirect_uri", CALLBACK.toString()),
                        Map.entry("scope", "email https://calendar https://mail openid"),
                        Map.entry("state", "the state"),
                        Map.entry("nonce", "the-nonce"),
                        Map.entry("code_challenge", CHALLENGE),
                        Map.entry("code_challenge_method", "S256"),
                        Map.entry("access_type", "offline"),
                        Map.entry("prompt", "consent"),
                        Map.entry("include_granted_scopes", "true"),
                        Map.entry("login_hint", "alice@example.org")));
    }

    @Test
    void a_code_is_redeemed_with_its_own_verifier() {
        server.answers(
                200, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":3599,\"scope\":\"openid x\"}");
        TokenOutcome outcome = google().exchange("the/code", VERIFIER, CALLBACK, WITHIN);
        assertThat(outcome)
                .isEqualTo(new TokenOutcome.Granted(
                        new Tokens("a", "r", Duration.ofSeconds(3599), Set.of("openid", "x"), null)));
        assertThat(server.asked().getFirst().form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        "the/code",
                        "code_verifier",
                        VERIFIER,
                        "redirect_uri",
                        CALLBACK.toString(),
                        "client_id",
                        "the client",
                        "client_secret",
                        "the secret"));
    }

    @Test
    void a_refresh_asks_for_json_and_proves_the_client() {
        server.answers(200, "{\"access_token\":\"a\",\"expires_in\":\"3599\"}");
        assertThat(google().refresh("r&=+/ ", WITHIN))
                .isEqualTo(new TokenOutcome.Granted(new Tokens("a", null, Duration.ofSeconds(3599), null, null)));
        LocalServer.Asked asked = server.asked().getFirst();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.headers()).containsEntry("Accept", "application/json").doesNotContainKey("Authorization");
        assertThat(asked.headers().get("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(asked.form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        "r&=+/ ",
                        "client_id",
                        "the client",
                        "client_secret",
                        "the secret"));
    }

    @Test
    void a_client_may_prove_itself_in_the_header() {
        server.answers(200, "{\"access_token\":\"a\"}");
        endpoint(ProviderKind.GENERIC, ClientAuthentication.BASIC).refresh("r", WITHIN);
        String credentials =
                Base64.getEncoder().encodeToString("the client:the secret".getBytes(StandardCharsets.UTF_8));
        assertThat(server.asked().getFirst().headers()).containsEntry("Authorization", "Basic " + credentials);
        assertThat(server.asked().getFirst().form()).doesNotContainKey("client_secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"error\":\"invalid_client\"}|CONFIG|invalid_client",
                "400|{\"error\":\"invalid_grant\"}|REAUTH|invalid_grant",
                "400|{\"error\":|TRANSIENT|http_400",
                "200|{\"ok\":false,\"error\":\"token_revoked\"}|REAUTH|token_revoked",
                "200|''|TRANSIENT|no_access_token",
                "503|{\"error\":\"invalid_grant\"}|TRANSIENT|http_503"
            })
    void what_comes_back_is_judged_as_it_came(int status, String body, FailureClass failureClass, String code) {
        server.answers(status, body);
        Verdict verdict = refusal();
        assertThat(verdict.failureClass()).isEqualTo(failureClass);
        assertThat(verdict.errorCode()).isEqualTo(code);
    }

    @Test
    void a_header_that_makes_no_sense_hurts_nobody() {
        server.answers(
                429, Map.of("Age", List.of("old"), "Retry-After", List.of("9"), "Content-Type", List.of("///")), "x");
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void a_refresh_token_is_not_sent_elsewhere() {
        for (int status : List.of(302, 307, 308)) {
            server.answers(
                    status,
                    Map.of("Location", List.of(server.address("/elsewhere").toString())),
                    "");
            assertThat(refusal().errorCode()).isEqualTo("http_" + status);
        }
        assertThat(server.asked()).hasSize(3).allMatch(asked -> asked.path().equals("/token"));
    }

    @Test
    void no_answer_in_time_is_none() {
        server.drips();
        TokenOutcome outcome = google().refresh("r", Duration.ofMillis(200));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TokenOutcome.Refused.class,
                        refused -> assertThat(refused.verdict().errorCode()).isEqualTo("no_answer"));
    }

    @Test
    void a_grant_is_ended_where_the_provider_offers_it() {
        server.answers(200, "").answers(400, "{\"error\":\"invalid_token\"}");
        assertThat(google().revoke("the-token", WITHIN)).isTrue();
        assertThat(google().revoke("the-token", WITHIN)).isFalse();
        assertThat(server.asked().getFirst().form())
                .containsEntry("token", "the-token")
                .containsEntry("client_secret", "the secret");
    }

    @Test
    void nothing_is_logged_at_any_level() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("com.google.api.client");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                lines.add(String.valueOf(logged.getMessage()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        try {
            server.answers(200, "{\"access_token\":\"a\"}").answers(400, "{\"error\":\"invalid_grant\"}");
            google().refresh("the-refresh-token", WITHIN);
            google().exchange("the-code", VERIFIER, CALLBACK, WITHIN);
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void a_setting_that_is_missing_is_named() {
        var settings = new ProviderSettings(
                ProviderKind.GENERIC, null, null, null, null, null, null, null, "client", "secret", null);
        assertThatThrownBy(() -> Providers.of(Map.of("acme", settings), Clock.systemUTC()))
                .hasMessage("lifeline.providers.acme.authorization-uri is missing");
    }

    @Test
    void a_provider_that_everybody_knows_needs_its_client_only() {
        var settings = new ProviderSettings(
                ProviderKind.GOOGLE, null, null, null, null, null, null, null, "client", "hidden", null);
        var providers = Providers.of(Map.of("google", settings), Clock.systemUTC());
        assertThat(providers.get("google"))
                .isNotNull()
                .satisfies(google -> assertThat(google.polls()).containsOnlyKeys("gmail", "google-calendar"));
        assertThat(settings.toString()).doesNotContain("hidden");
    }
}
