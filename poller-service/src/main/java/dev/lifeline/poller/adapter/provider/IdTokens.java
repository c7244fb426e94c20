package dev.lifeline.poller.adapter.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.lifeline.poller.domain.classification.Answer;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies ID tokens (OpenID Connect Core section 3.1.3.7): signature by the provider's keys, issuer, audience, authorized
 * party, expiry, nonce. Keys are fetched when they are needed, kept for minutes, and fetched again for a key id that is new.
 */
final class IdTokens {
    private static final int MOST_BYTES = 1 << 18;
    private static final Duration KEYS_WITHIN = Duration.ofSeconds(5);
    private static final String TENANT = "{tenantid}";
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384);

    private final ProviderKind kind;
    private final String clientId;
    private final String issuer;
    private final DefaultJWTProcessor<SecurityContext> processor;

    IdTokens(ProviderKind kind, String clientId, String issuer, URI keys, Calls calls, Clock clock) {
        this.kind = kind;
        this.clientId = clientId;
        this.issuer = issuer;
        this.processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source(kind, keys, calls)));
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(clientId, null, Set.of("iss", "sub", "iat", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                });
    }

    /** Those of a provider; null where its issuer or its keys are not known. */
    static @Nullable IdTokens of(Endpoints endpoints, Calls calls, Clock clock) {
        String issuer = endpoints.issuer();
        URI keys = endpoints.keys();
        return issuer == null || keys == null
                ? null
                : new IdTokens(endpoints.kind(), endpoints.clientId(), issuer, keys, calls, clock);
    }

    /** What verification comes to. */
    sealed interface Verified {
        record Genuine(JWTClaimsSet claims) implements Verified {}

        record Forged() implements Verified {}

        record KeysAway() implements Verified {}
    }

    ProviderKind kind() {
        return kind;
    }

    /** @param nonce what the claim of that name must be; null when none was sent */
    Verified verify(String idToken, @Nullable String nonce) {
        try {
            JWTClaimsSet claims = processor.process(idToken, null);
            boolean ours = issuedBy(claims)
                    && azp(claims)
                    && !claims.getSubject().isBlank()
                    && (nonce == null || nonce.equals(claims.getClaim("nonce")));
            return ours ? new Verified.Genuine(claims) : new Verified.Forged();
        } catch (KeySourceException e) {
            return new Verified.KeysAway();
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return new Verified.Forged();
        }
    }

    /** Microsoft's issuer has the tenant in it; Google's may lack the scheme. */
    private boolean issuedBy(JWTClaimsSet claims) {
        String expected = issuer.contains(TENANT) && claims.getClaim("tid") instanceof String tenant
                ? issuer.replace(TENANT, tenant)
                : issuer;
        String issued = claims.getIssuer();
        return expected.equals(issued) || (kind == ProviderKind.GOOGLE && expected.equals("https://" + issued));
    }

    private boolean azp(JWTClaimsSet claims) {
        Object party = claims.getClaim("azp");
        return party == null ? claims.getAudience().size() == 1 : clientId.equals(party);
    }

    private static JWKSource<SecurityContext> source(ProviderKind kind, URI keys, Calls calls) {
        return JWKSourceBuilder.<SecurityContext>create(url(keys), address -> fetch(kind, keys, calls))
                .build();
    }

    private static Resource fetch(ProviderKind kind, URI keys, Calls calls) throws IOException {
        Answer answer = calls.get(kind, keys, KEYS_WITHIN, MOST_BYTES);
        if (answer.status() != 200) {
            throw new IOException("keys: status " + answer.status());
        }
        return new Resource(new String(answer.body(), StandardCharsets.UTF_8), "application/json");
    }

    private static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not the address of keys: " + uri, e);
        }
    }
}
