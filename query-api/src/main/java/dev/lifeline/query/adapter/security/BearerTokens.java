package dev.lifeline.query.adapter.security;

import dev.lifeline.query.application.AwayException;
import dev.lifeline.query.application.Caller;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.reactive.function.client.WebClient;

/** Which bearer tokens are taken, and for whom they stand. */
final class BearerTokens {

    private static final String AUDIENCE = "lifeline";
    private static final String AGENT = "agent";

    /** What OpenID Connect Core 1.0 puts into ID tokens alone. Those are for Lifeline too, but tell it who came, and admit nobody. */
    private static final Set<String> OF_AN_ID_TOKEN = Set.of("nonce", "at_hash", "c_hash", "s_hash");

    /** All that need the issuer's private key; no shared secret, and never none. */
    static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(SignatureAlgorithm.values());

    private BearerTokens() {}

    /** Takes what that issuer signed for Lifeline. The issuer's keys are asked for when the first token comes. */
    static ReactiveJwtDecoder decoder(String issuer, WebClient http) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withIssuerLocation(issuer)
                .webClient(http)
                .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                new JwtTimestampValidator(),
                new JwtIssuerValidator(issuer),
                demand(jwt -> jwt.getExpiresAt() != null, "a token without expiry"),
                demand(jwt -> jwt.getSubject() != null && !jwt.getSubject().isBlank(), "a token without subject"),
                demand(jwt -> jwt.getAudience() != null && jwt.getAudience().contains(AUDIENCE), "not for " + AUDIENCE),
                demand(jwt -> Collections.disjoint(jwt.getClaims().keySet(), OF_AN_ID_TOKEN), "an ID token"))));
        return orAway(decoder);
    }

    /** Whatever is not about the token is about the keys, which could not be had. */
    static ReactiveJwtDecoder orAway(ReactiveJwtDecoder decoder) {
        return token -> decoder.decode(token)
                .onErrorMap(
                        failure -> !(failure instanceof JwtException),
                        failure -> new AwayException("The sign-in service does not answer.", failure));
    }

    static CallerAuthentication authentication(Jwt jwt) {
        return new CallerAuthentication(new Caller(
                People.person(jwt), null, Objects.requireNonNull(jwt.getExpiresAt()), People.hasScope(jwt, AGENT)));
    }

    private static OAuth2TokenValidator<Jwt> demand(Predicate<Jwt> rule, String otherwise) {
        OAuth2TokenValidatorResult refused =
                OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, otherwise, null));
        return jwt -> rule.test(jwt) ? OAuth2TokenValidatorResult.success() : refused;
    }
}
