package dev.lifeline.query.adapter.security;

import dev.lifeline.query.domain.OwnPath;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.server.ServerAuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers a sign-in that is under way: in a closed cookie, so that it may end on another instance than it began, and
 * so that visitors who never end it leave nothing behind.
 */
final class SignInRequests implements ServerAuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    private static final String RETURN_TO = SignInRequests.class.getName() + ".RETURN_TO";
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Cookie cookie;
    private final Box box;
    private final JsonMapper json;
    private final Clock clock;

    /** What is in the cookie. */
    private record Pending(
            String authorizationUri,
            String clientId,
            String redirectUri,
            Set<String> scopes,
            String state,
            Map<String, String> attributes,
            String returnTo,
            long expires) {}

    SignInRequests(Cookie cookie, Box box, JsonMapper json, Clock clock) {
        this.cookie = cookie;
        this.box = box;
        this.json = json;
        this.clock = clock;
    }

    /** Where whoever has just signed in wanted to go. */
    static String returnTo(ServerWebExchange exchange) {
        return OwnPath.orHome(exchange.getAttribute(RETURN_TO));
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> loadAuthorizationRequest(ServerWebExchange exchange) {
        return Mono.justOrEmpty(pending(exchange)).map(SignInRequests::request);
    }

    @Override
    public Mono<Void> saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest request, ServerWebExchange exchange) {
        if (request == null) {
            cookie.forget(exchange);
            return Mono.empty();
        }
        Map<String, String> attributes = new TreeMap<>();
        request.getAttributes().forEach((name, value) -> attributes.put(name, String.valueOf(value)));
        Pending pending = new Pending(
                request.getAuthorizationUri(),
                request.getClientId(),
                String.valueOf(request.getRedirectUri()),
                request.getScopes(),
                String.valueOf(request.getState()),
                attributes,
                OwnPath.orHome(exchange.getRequest().getQueryParams().getFirst("return")),
                clock.instant().plus(LONGEST).getEpochSecond());
        cookie.write(exchange, box.close(json.writeValueAsString(pending)), LONGEST);
        return Mono.empty();
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> removeAuthorizationRequest(ServerWebExchange exchange) {
        Optional<Pending> pending = pending(exchange);
        // Another's is kept: a second tab may still come back with it.
        pending.ifPresent(found -> {
            exchange.getAttributes().put(RETURN_TO, found.returnTo());
            cookie.forget(exchange);
        });
        return Mono.justOrEmpty(pending).map(SignInRequests::request);
    }

    private Optional<Pending> pending(ServerWebExchange exchange) {
        String state = exchange.getRequest().getQueryParams().getFirst(OAuth2ParameterNames.STATE);
        return cookie.read(exchange)
                .flatMap(box::open)
                .flatMap(this::parse)
                .filter(found -> Instant.ofEpochSecond(found.expires()).isAfter(clock.instant()))
                .filter(found -> found.state().equals(state));
    }

    private Optional<Pending> parse(String text) {
        try {
            return Optional.of(json.readValue(text, Pending.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static OAuth2AuthorizationRequest request(Pending pending) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(pending.authorizationUri())
                .clientId(pending.clientId())
                .redirectUri(pending.redirectUri())
                .scopes(pending.scopes())
                .state(pending.state())
                .attributes(attributes -> attributes.putAll(pending.attributes()))
                .build();
    }
}
