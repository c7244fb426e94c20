package dev.lifeline.query.adapter.http;

import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.adapter.security.ConnectTickets;
import dev.lifeline.query.application.Caller;
import dev.lifeline.query.domain.Catalogue;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;

/** The way out to the provider's consent page. */
@RestController
final class ConnectController {

    private final Catalogue catalogue;
    private final ConnectTickets tickets;

    ConnectController(Catalogue catalogue, ConnectTickets tickets) {
        this.catalogue = catalogue;
        this.tickets = tickets;
    }

    @GetMapping("/connect/{connector}")
    ResponseEntity<Void> connect(
            @PathVariable("connector") String connector,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        Catalogue.Offer offer = catalogue.offer(connector).orElseThrow(ProblemException::notFound);
        String ticket = tickets.issue(caller.person().userId(), offer.name(), exchange);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(UriComponentsBuilder.fromPath("/oauth/{provider}/authorize")
                        .queryParam("ticket", "{ticket}")
                        .encode()
                        .buildAndExpand(offer.provider(), ticket)
                        .toUri())
                .header("Cache-Control", "no-store")
                .build();
    }
}
