package dev.lifeline.query.adapter.security;

import dev.lifeline.query.domain.OwnPath;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The address that the issuer sends people back to, and at which a sign-in must therefore begin: a cookie that was set at
 * {@code localhost} does not come along to {@code 127.0.0.1}. Only hosts are compared, for cookies know no port, and a
 * proxy may have changed the scheme.
 *
 * @param url under which people come
 */
record PublicAddress(URI url) {

    private static final String MOVED = "moved";

    /**
     * Where sign-in should begin instead; empty where it may begin. Nobody is moved twice, so that a proxy that hides the
     * host of the request does not send people round in a circle.
     */
    Optional<URI> insteadOf(ServerHttpRequest request) {
        String asked = request.getURI().getHost();
        boolean elsewhere = asked != null && url.getHost() != null && !asked.equalsIgnoreCase(url.getHost());
        return elsewhere && !request.getQueryParams().containsKey(MOVED)
                ? Optional.of(here(OwnPath.orHome(request.getQueryParams().getFirst("return"))))
                : Optional.empty();
    }

    private URI here(String returnTo) {
        return UriComponentsBuilder.fromUri(url)
                .replacePath("/login")
                .replaceQuery(null)
                .fragment(null)
                .queryParam("return", "{path}")
                .queryParam(MOVED, "1")
                .encode()
                .buildAndExpand(returnTo)
                .toUri();
    }
}
