package dev.lifeline.query.adapter.http;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** The dashboard's page is served at {@code /}, to everybody: it says itself who is signed in. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FrontPage implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getRequest().getPath().value().equals("/")
                ? chain.filter(exchange.mutate()
                        .request(request -> request.path("/index.html"))
                        .build())
                : chain.filter(exchange);
    }
}
