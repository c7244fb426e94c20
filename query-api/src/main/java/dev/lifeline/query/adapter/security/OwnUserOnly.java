package dev.lifeline.query.adapter.security;

import dev.lifeline.events.UserIds;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.Caller;
import dev.lifeline.query.application.Readings;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
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
 *
 * <p>An auditor may read everybody's, and what operators see: that is noted first, and where it can not be noted it is not
 * shown. What an operator asks about one user is noted likewise.
 */
final class OwnUserOnly implements WebFilter {

    private static final List<PathPattern> OF_A_USER = List.of(
            PathPatternParser.defaultInstance.parse("/api/users/{userId}/**"),
            PathPatternParser.defaultInstance.parse("/api/connectors/{userId}/**"));
    private static final PathPattern OF_A_USER_FOR_OPERATORS =
            PathPatternParser.defaultInstance.parse("/api/ops/users/{userId}/**");
    private static final PathPattern OF_EVERYBODY = PathPatternParser.defaultInstance.parse("/api/ops/**");

    private final Readings readings;

    OwnUserOnly(Readings readings) {
        this.readings = readings;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        Optional<String> user = OF_A_USER.stream()
                .flatMap(pattern -> userId(pattern, path).stream())
                .findFirst();
        if (user.isPresent()) {
            return withUser(
                    user.get(),
                    userId -> caller().filter(
                                    caller -> isOwn(caller, userId) || isAuditor(caller) && isReading(exchange))
                            .switchIfEmpty(Mono.error(ProblemException::notFound))
                            .flatMap(caller -> isOwn(caller, userId) ? Mono.empty() : note(caller, userId, exchange))
                            .then(chain.filter(exchange)));
        }
        Optional<String> operated = userId(OF_A_USER_FOR_OPERATORS, path);
        if (operated.isPresent()) {
            return withUser(
                    operated.get(),
                    userId -> caller().flatMap(caller -> note(caller, userId, exchange))
                            .then(chain.filter(exchange)));
        }
        if (OF_EVERYBODY.matches(path) && isReading(exchange)) {
            return caller().filter(OwnUserOnly::isAuditor)
                    .flatMap(caller -> note(caller, null, exchange))
                    .then(chain.filter(exchange));
        }
        return chain.filter(exchange);
    }

    private static Mono<Void> withUser(String text, Function<UUID, Mono<Void>> then) {
        return UserIds.parse(text)
                .map(then)
                .orElseGet(() -> Mono.error(ProblemException.badRequest("userId is not a UUID.")));
    }

    private Mono<Void> note(Caller caller, @Nullable UUID userId, ServerWebExchange exchange) {
        String query = exchange.getRequest().getURI().getRawQuery();
        return readings.note(
                caller.person().userId(),
                userId,
                exchange.getRequest().getPath().value() + (query == null ? "" : "?" + query));
    }

    private static boolean isOwn(Caller caller, UUID userId) {
        return caller.person().userId().equals(userId);
    }

    private static boolean isAuditor(Caller caller) {
        return caller.person().roles().contains("auditor");
    }

    private static boolean isReading(ServerWebExchange exchange) {
        return HttpMethod.GET.equals(exchange.getRequest().getMethod());
    }

    private static Mono<Caller> caller() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(context -> context.getAuthentication())
                .ofType(CallerAuthentication.class)
                .map(CallerAuthentication::getPrincipal);
    }

    private static Optional<String> userId(PathPattern pattern, PathContainer path) {
        PathPattern.PathMatchInfo match = pattern.matchAndExtract(path);
        return Optional.ofNullable(match).map(found -> found.getUriVariables().get("userId"));
    }
}
