package dev.lifeline.query.adapter.http;

import dev.lifeline.query.QueryProperties;
import dev.lifeline.query.application.AwayException;
import dev.lifeline.query.application.Caller;
import dev.lifeline.query.application.ReadModel;
import dev.lifeline.query.application.Snapshot;
import dev.lifeline.query.domain.Catalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who is signed in, and what a dashboard needs to know before it shows anything. */
@RestController
final class MeController {

    private final Catalogue catalogue;
    private final Duration pollInterval;
    private final ReadModel readModel;
    private final Clock clock;

    MeController(Catalogue catalogue, QueryProperties properties, ReadModel readModel, Clock clock) {
        this.catalogue = catalogue;
        this.readModel = readModel;
        this.pollInterval = properties.pollInterval();
        this.clock = clock;
    }

    /** @param csrf absent where none is needed, with a bearer token */
    record Me(
            UUID userId,
            String name,
            List<String> roles,
            @Nullable Csrf csrf,
            List<Catalogue.Offer> connectors,
            String pollInterval,
            Instant now) {}

    record Csrf(String header, String token) {}

    @GetMapping("/api/me")
    Mono<Me> me(@AuthenticationPrincipal Caller caller, ServerWebExchange exchange) {
        return now(caller)
                .flatMap(now -> csrf(caller, exchange)
                        .map(csrf -> body(caller, csrf, now))
                        .switchIfEmpty(Mono.fromSupplier(() -> body(caller, null, now))));
    }

    /** By the clock by which everything else that a dashboard gets is dated; by our own while that can not be had. */
    private Mono<Instant> now(Caller caller) {
        return readModel
                .snapshot(caller.person().userId())
                .map(Snapshot::at)
                .onErrorResume(AwayException.class, away -> Mono.fromSupplier(clock::instant));
    }

    private Me body(Caller caller, @Nullable Csrf csrf, Instant now) {
        return new Me(
                caller.person().userId(),
                caller.person().name(),
                caller.person().roles().stream().sorted().toList(),
                csrf,
                catalogue.offers(),
                pollInterval.toString(),
                now);
    }

    private static Mono<Csrf> csrf(Caller caller, ServerWebExchange exchange) {
        Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
        return caller.session() == null
                ? Mono.empty()
                : token.map(found -> new Csrf(found.getHeaderName(), found.getToken()));
    }
}
