package dev.lifeline.query.adapter.security;

import dev.lifeline.query.application.Caller;
import dev.lifeline.query.application.Session;
import dev.lifeline.query.application.Sessions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Knows people again by the cookie of their session, and gives them one when they have signed in: always a new one, so
 * that nobody signs in into a session that another has prepared.
 */
final class SessionContexts implements ServerSecurityContextRepository {

    private final Sessions sessions;
    private final Cookie cookie;
    private final ConnectTickets tickets;
    private final Duration longest;

    /**
     * @param longest how long the browser is to keep the cookie
     */
    SessionContexts(Sessions sessions, Cookie cookie, ConnectTickets tickets, Duration longest) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.tickets = tickets;
        this.longest = longest;
    }

    /** Found once, so that all who ask during a request are told the same, also when the session ends meanwhile. */
    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        return Mono.justOrEmpty(cookie.read(exchange))
                .flatMap(sessions::find)
                .map(SessionContexts::context)
                .cache();
    }

    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        if (context != null
                && context.getAuthentication() != null
                && context.getAuthentication().getPrincipal() instanceof OidcUser user) {
            return endFormer(exchange)
                    .then(sessions.open(
                            People.person(user.getIdToken()), user.getIdToken().getTokenValue()))
                    .doOnNext(secret -> {
                        cookie.write(exchange, secret, longest);
                        tickets.forget(exchange);
                    })
                    .then();
        }
        return Mono.empty();
    }

    private Mono<String> endFormer(ServerWebExchange exchange) {
        return Mono.justOrEmpty(cookie.read(exchange)).flatMap(sessions::end);
    }

    private static SecurityContext context(Session session) {
        return new SecurityContextImpl(
                new CallerAuthentication(new Caller(session.person(), session.name(), session.until(), false)));
    }
}
