package dev.lifeline.sandbox.oauth;

import dev.lifeline.sandbox.SandboxProperties;
import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.consent.Grants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.stereotype.Component;

/** Tokens without a browser: what somebody clicking through the pages would get, for tests and the command line. */
@Component
public class Issuing {

    /** How long a bearer token for the command line is valid. */
    public static final Duration BEARER_LIFE = Duration.ofHours(12);

    private final Grants grants;
    private final JwtEncoder encoder;
    private final SandboxProperties properties;
    private final Clock clock;

    Issuing(Grants grants, JwtEncoder encoder, SandboxProperties properties, Clock clock) {
        this.grants = grants;
        this.encoder = encoder;
        this.properties = properties;
        this.clock = clock;
    }

    /** A JWT for Lifeline's own routes. */
    public String bearer(Account account) {
        return bearer(account, null);
    }

    /**
     * A JWT for what a scope lets through of Lifeline's own routes.
     *
     * @param scope absent: all that the account may
     */
    public String bearer(Account account, @Nullable String scope) {
        Instant now = clock.instant();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(properties.issuer().toString())
                .subject(account.subject().toString())
                .audience(List.of(Clients.SIGN_IN))
                .issuedAt(now)
                .expiresAt(now.plus(BEARER_LIFE))
                .claims(each -> {
                    each.putAll(TokenGenerators.identity(account));
                    if (scope != null) {
                        each.put("scope", scope);
                    }
                })
                .build();
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }

    /** Consents, for the account, to a client's having those scopes. */
    public Grants.Issued consent(Account account, String clientId, Set<String> scopes) {
        return grants.issue(account.name(), clientId, scopes, properties.accessTokenLife());
    }
}
