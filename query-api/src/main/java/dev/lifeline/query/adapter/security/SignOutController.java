package dev.lifeline.query.adapter.security;

import dev.lifeline.query.QueryProperties;
import dev.lifeline.query.application.Sessions;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Signing out: here, on every instance, and at the issuer, so that whoever comes next to this browser is asked who he is.
 * A form is sent on; a script is told where to go.
 */
@RestController
final class SignOutController {

    private final Sessions sessions;
    private final Cookie session;
    private final ConnectTickets tickets;
    private final Issuer issuer;
    private final URI home;

    SignOutController(
            Sessions sessions, Cookie session, ConnectTickets tickets, Issuer issuer, QueryProperties properties) {
        this.sessions = sessions;
        this.session = session;
        this.tickets = tickets;
        this.issuer = issuer;
        this.home = UriComponentsBuilder.fromUri(properties.publicUrl())
                .replacePath("/")
                .build()
                .toUri();
    }

    /** Where to go on to. */
    record SignedOut(URI location) {}

    @PostMapping("/logout")
    Mono<ResponseEntity<SignedOut>> signOut(ServerWebExchange exchange) {
        boolean form = exchange.getRequest().getHeaders().getAccept().stream()
                .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
        Optional<String> secret = session.read(exchange);
        return Mono.justOrEmpty(secret)
                .flatMap(sessions::end)
                .flatMap(idToken -> issuer.signOut(idToken, home))
                .defaultIfEmpty(home)
                // Another site can have this asked without the cookie: what did not come is not taken away.
                .doOnNext(where -> secret.ifPresent(ended -> {
                    session.forget(exchange);
                    tickets.forget(exchange);
                }))
                .map(where -> form ? sentOn(where) : ResponseEntity.ok(new SignedOut(where)));
    }

    private static ResponseEntity<SignedOut> sentOn(URI where) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(where).build();
    }
}
