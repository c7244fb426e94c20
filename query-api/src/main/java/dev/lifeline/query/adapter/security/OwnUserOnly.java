package dev.lifeline.query.adapter.security;

import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.Caller;
import dev.lifeline.query.domain.UserIds;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Every address that names a user is for that user alone; to all others it is not there. Stands before all routes, so that
 * none can forget it. A malformed id is left to the route, which says so.
 */
final class OwnUserOnly implements WebFilter {

    private static final List<PathPattern> OF_A_USER = List.of(
            PathPatternParser.defaultInstance.parse("/api/users/{userId}/**"),
            PathPatternParser.defaultInstance.parse("/api/connectors/{userId}/**"));

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return userId(exchange)
                .map(userId -> caller().filter(
                                caller -> caller.person().userId().equals(userId))
                        .switchIfEmpty(Mono.error(ProblemException::notFound))
                        .then(chain.filter(exchange)))
                .orElseGet(() -> chain.filter(exchange));
    }

    private static Mono<Caller> caller() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .ofType(CallerAuthentication.class)
                .map(CallerAuthentication::getPrincipal);
    }

    private static Optional<UUID> userId(ServerWebExchange exchange) {
        var path = exchange.getRequest().getPath().pathWithinApplication();
        return OF_A_USER.stream()
                .map(pattern -> pattern.matchAndExtract(path))
                .filter(match -> match != null)
                .findFirst()
                .map(match -> match.getUriVariables().get("userId"))
                .flatMap(UserIds::parse);
    }
}
