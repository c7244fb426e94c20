package dev.lifeline.poller.adapter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.lifeline.poller.application.Accounts.Identified;
import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.domain.classification.ProviderKind;
import dev.lifeline.poller.domain.classification.Tokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenIdAccountsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String ISSUER = "https://accounts.google.com";

    private static RSAKey key;
    private static RSAKey another;

    private final LocalServer server = new LocalServer();

    @BeforeAll
    static void keys() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        another = new RSAKeyGenerator(2048).keyID("k1").generate();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OpenIdAccounts accounts(ProviderKind kind, @Nullable String issuer) {
        URI keys = issuer == null ? null : server.address("/keys");
        var settings = new ProviderSettings(
                kind,
                server.address("/authorize"),
                server.address("/token"),
                null,
                server.address("/userinfo"),
                issuer,
                keys,
                null,
                "client",
                "secret",
                null);
        Endpoints endpoints = Endpoints.of("test", settings);
        Calls calls = Calls.pooled();
        return new OpenIdAccounts(endpoints, calls, IdTokens.of(endpoints, calls, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private Identified identify(String idToken) {
        server.answers(200, new JWKSet(key.toPublicJWK()).toString());
        return accounts(ProviderKind.GOOGLE, ISSUER)
                .identify(new Tokens("a", null, null, null, idToken), "n1", Duration.ofSeconds(5));
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject("s1")
                        .audience("client")
                        .issueTime(Date.from(NOW))
                        .expirationTime(Date.from(NOW.plusSeconds(3600)))
                        .claim("nonce", "n1")
                        .claim("email", "alice@example.org"))
                .build();
    }

    private static String signed(RSAKey by, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
            token.sign(new RSASSASigner(by));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_id_token_names_the_account() {
        assertThat(identify(signed(key, claims(it -> it)))).isEqualTo(new Account("s1", "alice@example.org"));
        assertThat(identify(signed(
                        key, claims(it -> it.issuer("accounts.google.com").claim("email", null)))))
                .isEqualTo(new Account("s1", "s1"));
    }

    @Test
    void an_id_token_that_is_not_for_us_proves_nothing() throws JOSEException {
        SignedJWT symmetric = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(it -> it));
        symmetric.sign(new MACSigner(key.toPublicJWK().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        for (String token : List.of(
                signed(another, claims(it -> it)),
                signed(key, claims(it -> it.issuer("https://evil.example.org"))),
                signed(key, claims(it -> it.audience("another"))),
                signed(key, claims(it -> it.audience(List.of("client", "another")))),
                signed(key, claims(it -> it.claim("azp", "another"))),
                signed(key, claims(it -> it.claim("nonce", "n2"))),
                signed(key, claims(it -> it.claim("nonce", null))),
                signed(key, claims(it -> it.subject(" "))),
                signed(key, claims(it -> it.subject(null))),
                signed(key, claims(it -> it.expirationTime(Date.from(NOW.minusSeconds(120))))),
                new PlainJWT(claims(it -> it)).serialize(),
                symmetric.serialize(),
                "not.a.token",
                "")) {
            assertThat(identify(token))
                    .isInstanceOfSatisfying(
                            Identified.Unidentified.class,
                            refused -> assertThat(refused.verdict().errorCode()).isEqualTo("id_token_invalid"));
        }
    }

    @Test
    void keys_that_can_not_be_had_pass() {
        server.answers(503, "");
        Identified identified = accounts(ProviderKind.GOOGLE, ISSUER)
                .identify(
                        new Tokens("a", null, null, null, signed(key, claims(it -> it))), "n1", Duration.ofSeconds(5));
        assertThat(identified)
                .isInstanceOfSatisfying(
                        Identified.Unidentified.class,
                        refused -> assertThat(refused.verdict().permanent()).isFalse());
    }

    @Test
    void the_tenant_stands_in_the_issuer_of_microsoft() {
        server.answers(200, new JWKSet(key.toPublicJWK()).toString());
        String token =
                signed(key, claims(it -> it.issuer("https://login/t1/v2.0").claim("tid", "t1")));
        assertThat(accounts(ProviderKind.MICROSOFT, "https://login/{tenantid}/v2.0")
                        .identify(new Tokens("a", null, null, null, token), "n1", Duration.ofSeconds(5)))
                .isEqualTo(new Account("s1", "alice@example.org"));
    }

    @Test
    void userinfo_names_it_where_there_is_no_id_token() {
        for (var example : Map.of(
                        "{\"sub\":\"s1\",\"email\":\"alice@example.org\"}", new Account("s1", "alice@example.org"),
                        "{\"id\":583231,\"login\":\"octocat\"}", new Account("583231", "octocat"),
                        "{\"ok\":true,\"user\":\"alice\",\"user_id\":\"U1\",\"team_id\":\"T1\"}",
                                new Account("T1/U1", "alice"))
                .entrySet()) {
            server.answers(200, example.getKey());
            assertThat(accounts(ProviderKind.GENERIC, null)
                            .identify(new Tokens("a", null, null, null, null), null, Duration.ofSeconds(5)))
                    .isEqualTo(example.getValue());
        }
    }

    @Test
    void userinfo_that_names_nobody_proves_nothing() {
        for (String body : List.of("{}", "[]", "{\"ok\":false,\"user_id\":\"U1\"}", "{\"sub\":\"\"}", "{\"sub\":{}}")) {
            server.answers(200, body);
            assertThat(accounts(ProviderKind.GENERIC, null)
                            .identify(new Tokens("a", null, null, null, null), null, Duration.ofSeconds(5)))
                    .isInstanceOf(Identified.Unidentified.class);
        }
    }
}
