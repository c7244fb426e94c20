package dev.lifeline.query.adapter.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.DefaultCsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The token against cross-site request forgery: a hash of the session's secret, which only the session's own pages can
 * ask for. It needs no room, and tells nothing about the secret.
 */
final class CsrfTokens implements ServerCsrfTokenRepository {

    static final String HEADER = "X-CSRF-TOKEN";

    private static final String PARAMETER = "_csrf";
    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    private final Cookie session;

    CsrfTokens(Cookie session) {
        this.session = session;
    }

    /** What changes something and comes with a session's cookie. */
    ServerWebExchangeMatcher requiredFor() {
        return exchange -> SAFE.contains(exchange.getRequest().getMethod())
                        || session.read(exchange).isEmpty()
                ? MatchResult.notMatch()
                : MatchResult.match();
    }

    @Override
    public Mono<CsrfToken> generateToken(ServerWebExchange exchange) {
        return loadToken(exchange);
    }

    @Override
    public Mono<Void> saveToken(ServerWebExchange exchange, @Nullable CsrfToken token) {
        return Mono.empty();
    }

    @Override
    public Mono<CsrfToken> loadToken(ServerWebExchange exchange) {
        return Mono.justOrEmpty(session.derived(exchange, "csrf"))
                .map(token -> new DefaultCsrfToken(HEADER, PARAMETER, token));
    }
}
