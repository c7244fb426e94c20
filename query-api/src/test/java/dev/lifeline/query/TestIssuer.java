package dev.lifeline.query;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small OpenID Connect issuer that asks nobody for a password: whoever comes is the one that {@link #nextIs} named.
 */
public final class TestIssuer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final JWSAlgorithm algorithm;
    private final JWK key;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private volatile People next = People.ALICE;
    private volatile boolean keysAway;
    private volatile boolean refusingClients;

    /** Whom it knows. */
    public enum People {
        ALICE("11111111-1111-4111-8111-111111111111", List.of()),
        BOB("22222222-2222-4222-8222-222222222222", List.of()),
        OPS("99999999-9999-4999-8999-999999999999", List.of("operator")),
        AUDITOR("88888888-8888-4888-8888-888888888888", List.of("auditor"));

        private final UUID id;
        private final List<String> roles;

        People(String id, List<String> roles) {
            this.id = UUID.fromString(id);
            this.roles = roles;
        }

        public UUID id() {
            return id;
        }
    }

    private record Code(People person, String nonce, String challenge) {
        static Code of(People person, MultiValueMap<String, String> asked) {
            return new Code(
                    person, String.valueOf(asked.getFirst("nonce")), String.valueOf(asked.getFirst("code_challenge")));
        }

        /** RFC 7636, section 4.6. */
        boolean answeredBy(String verifier) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
                return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(hash)
                        .equals(challenge);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private TestIssuer(HttpServer server, JWSAlgorithm algorithm) throws JOSEException {
        this.server = server;
        this.algorithm = algorithm;
        this.key = newKey(algorithm);
    }

    public static TestIssuer start() {
        return signingWith(JWSAlgorithm.RS256);
    }

    public static TestIssuer signingWith(JWSAlgorithm algorithm) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestIssuer issuer = new TestIssuer(server, algorithm);
            server.createContext("/.well-known/openid-configuration", issuer::metadata);
            server.createContext("/keys", issuer::keys);
            server.createContext("/authorize", issuer::authorize);
            server.createContext("/token", issuer::token);
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Who will be signed in by the next authorization. */
    public void nextIs(People person) {
        next = person;
    }

    /** Whether its keys can not be had. */
    public void keysAreAway(boolean away) {
        keysAway = away;
    }

    /** Whether it knows no client, or not by that secret. */
    public void refusesClients(boolean refusing) {
        refusingClients = refusing;
    }

    /** A bearer token of that person, good for an hour. */
    public String token(People person) {
        return token(person, claims -> claims);
    }

    /** A bearer token with other claims than usual. */
    public String token(People person, UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(change.apply(claims(person)).build(), key);
    }

    /** The same, signed with a key that nobody knows. */
    public String forged(People person) {
        try {
            return sign(claims(person).build(), newKey(algorithm));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWTClaimsSet.Builder claims(People person) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(uri().toString())
                .subject(person.id().toString())
                .audience("lifeline")
                .claim("name", person.name().toLowerCase(Locale.ROOT))
                .claim("roles", person.roles)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))));
    }

    private static JWK newKey(JWSAlgorithm algorithm) throws JOSEException {
        return JWSAlgorithm.Family.EC.contains(algorithm)
                ? new ECKeyGenerator(Curve.forJWSAlgorithm(algorithm).iterator().next())
                        .keyID("key")
                        .generate()
                : new RSAKeyGenerator(2048).keyID("key").generate();
    }

    private String sign(JWTClaimsSet claims, JWK key) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
            jwt.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void metadata(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                JSON.writeValueAsString(Map.of(
                        "issuer",
                        uri().toString(),
                        "authorization_endpoint",
                        uri() + "/authorize",
                        "token_endpoint",
                        uri() + "/token",
                        "jwks_uri",
                        uri() + "/keys",
                        "end_session_endpoint",
                        uri() + "/end",
                        "subject_types_supported",
                        List.of("public"),
                        "response_types_supported",
                        List.of("code"),
                        "id_token_signing_alg_values_supported",
                        List.of(algorithm.getName()))));
    }

    private void keys(HttpExchange exchange) throws IOException {
        if (keysAway) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        answer(exchange, new JWKSet(key.toPublicJWK()).toString());
    }

    private void authorize(HttpExchange exchange) throws IOException {
        MultiValueMap<String, String> asked =
                parameters(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, Code.of(next, asked));
        exchange.getResponseHeaders()
                .add(
                        "Location",
                        asked.getFirst("redirect_uri") + "?code=" + code + "&state=" + asked.getFirst("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        MultiValueMap<String, String> asked = parameters(body);
        if (refusingClients) {
            answer(exchange, 401, "{\"error\": \"invalid_client\"}");
            return;
        }
        Code code = codes.remove(String.valueOf(asked.getFirst("code")));
        if (code == null || !code.answeredBy(String.valueOf(asked.getFirst("code_verifier")))) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        String idToken = token(code.person(), claims -> claims.claim("nonce", code.nonce()));
        answer(
                exchange,
                JSON.writeValueAsString(Map.of(
                        "access_token", "opaque", "token_type", "Bearer", "expires_in", 3600, "id_token", idToken)));
    }

    private static MultiValueMap<String, String> parameters(String query) {
        MultiValueMap<String, String> encoded =
                UriComponentsBuilder.fromUriString("?" + query).build(true).getQueryParams();
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        encoded.forEach((name, values) ->
                values.forEach(value -> parameters.add(name, URLDecoder.decode(value, StandardCharsets.UTF_8))));
        return parameters;
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        answer(exchange, 200, json);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
