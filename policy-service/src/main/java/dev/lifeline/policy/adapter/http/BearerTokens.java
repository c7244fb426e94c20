package dev.lifeline.policy.adapter.http;

import dev.lifeline.events.UserIds;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets through to {@code /api} whoever brings a bearer token that the issuer made out for Lifeline. */
final class BearerTokens implements WebFilter {

    private static final String AUDIENCE = "lifeline";
    private static final String AUDITOR = "auditor";
    private static final String PREFIX = "bearer ";
    private static final Duration ISSUER_ANSWERS_WITHIN = Duration.ofSeconds(5);

    /** What OpenID Connect Core 1.0 puts into ID tokens alone; those tell Lifeline who came, and admit nobody. */
    private static final Set<String> OF_AN_ID_TOKEN = Set.of("nonce", "at_hash", "c_hash", "s_hash");

    /** All that need the issuer's private key; no shared secret, and never none. */
    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(SignatureAlgorithm.values());

    private final ReactiveJwtDecoder decoder;
    private final KnownTokens known;

    BearerTokens(String issuer, Clock clock) {
        known = new KnownTokens(clock);
        NimbusReactiveJwtDecoder tokens = NimbusReactiveJwtDecoder.withIssuerLocation(issuer)
                .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
                .build();
        tokens.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                new JwtTimestampValidator(),
                new JwtIssuerValidator(issuer),
                demand(jwt -> jwt.getExpiresAt() != null, "a token without expiry"),
                demand(jwt -> jwt.getSubject() != null && !jwt.getSubject().isBlank(), "a token without subject"),
                demand(jwt -> jwt.getAudience() != null && jwt.getAudience().contains(AUDIENCE), "not for " + AUDIENCE),
                demand(jwt -> Collections.disjoint(jwt.getClaims().keySet(), OF_AN_ID_TOKEN), "an ID token"))));
        this.decoder = tokens;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!exchange.getRequest().getPath().value().startsWith("/api/")) {
            return chain.filter(exchange);
        }
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return Mono.error(unauthorized("Send a bearer token."));
        }
        return caller(header.substring(PREFIX.length()).strip()).flatMap(caller -> {
            exchange.getAttributes().put(Caller.ATTRIBUTE, caller);
            return chain.filter(exchange);
        });
    }

    private Mono<Caller> caller(String token) {
        return known.callerBy(token)
                .map(Mono::just)
                .orElseGet(() -> decoder.decode(token)
                        .timeout(ISSUER_ANSWERS_WITHIN)
                        .onErrorMap(BearerTokens::refused)
                        .map(verified -> {
                            Caller caller = caller(verified);
                            known.add(token, caller, verified.getExpiresAt());
                            return caller;
                        }));
    }

    private static Caller caller(Jwt token) {
        String issuer = Objects.requireNonNull(token.getClaimAsString("iss"));
        String subject = Objects.requireNonNull(token.getSubject());
        return new Caller(
                UserIds.of(issuer, subject),
                words(token.getClaim("roles")).contains(AUDITOR),
                Objects.requireNonNullElse(token.getId(), ""));
    }

    /** What is not about the token is about the issuer's keys, which could not be had. */
    private static Throwable refused(Throwable failure) {
        return failure instanceof JwtException
                ? unauthorized("The bearer token is not valid here, or has expired.")
                : new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The sign-in service does not answer, so no token can be checked.");
    }

    private static ProblemException unauthorized(String detail) {
        return new ProblemException(HttpStatus.UNAUTHORIZED, detail);
    }

    private static Collection<String> words(@Nullable Object claim) {
        if (claim instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return claim instanceof String text ? List.of(text.trim().split("\\s+")) : List.of();
    }

    private static OAuth2TokenValidator<Jwt> demand(Predicate<Jwt> rule, String otherwise) {
        OAuth2TokenValidatorResult refused =
                OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, otherwise, null));
        return jwt -> rule.test(jwt) ? OAuth2TokenValidatorResult.success() : refused;
    }
}
