package dev.lifeline.query.adapter.security;

import dev.lifeline.events.UserIds;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.server.PathContainer;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Every address that names a user is for that user alone; to all others it is not there. Stands before all routes, so that
 * none can forget it. An id that is not understood is not let through either.
 */
final class OwnUserOnly implements WebFilter {

    private static final List<PathPattern> OF_A_USER = List.of(
            PathPatternParser.defaultInstance.parse("/api/users/{userId}/**"),
            PathPatternParser.defaultInstance.parse("/api/connectors/{userId}/**"));

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return userId(exchange).map(userId -> onlyFor(userId, exchange, chain)).orElseGet(() -> chain.filter(exchange));
    }

    private static Mono<Void> onlyFor(String text, ServerWebExchange exchange, WebFilterChain chain) {
        Optional<UUID> userId = UserIds.parse(text);
        if (userId.isEmpty()) {
            return Mono.error(ProblemException.badRequest("userId is not a UUID."));
        }
        return caller().filter(caller -> caller.person().userId().equals(userId.get()))
                .switchIfEmpty(Mono.error(ProblemException::notFound))
                .then(chain.filter(exchange));
    }

    private static Mono<Caller> caller() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .ofType(CallerAuthentication.class)
                .map(CallerAuthentication::getPrincipal);
    }

    private static Optional<String> userId(ServerWebExchange exchange) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return OF_A_USER.stream()
                .map(pattern -> pattern.matchAndExtract(path))
                .filter(match -> match != null)
                .findFirst()
                .map(match -> match.getUriVariables().get("userId"));
    }
}
