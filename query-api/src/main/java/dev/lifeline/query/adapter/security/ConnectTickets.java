package dev.lifeline.query.adapter.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.web.server.ServerWebExchange;

/**
 * What poller-service is shown so that it believes who comes to connect: a ticket (a JWT, HS256) in the address, and in a
 * cookie the nonce whose hash is in the ticket, so that a ticket is of no use in another's browser. The nonce is made from
 * the session's secret, as the CSRF token is: it is the same in every tab, so that a consent begun in one ends none that is
 * under way in another, and it is another's after whoever signs in next.
 */
public final class ConnectTickets {

    private static final String AUDIENCE = "lifeline-connect";
    private static final Duration GOOD_FOR = Duration.ofSeconds(60);
    private static final Duration NONCE_GOOD_FOR = Duration.ofMinutes(10);

    private final MACSigner signer;
    private final Cookie session;
    private final Cookie cookie;
    private final Supplier<UUID> ids;
    private final Clock clock;

    ConnectTickets(byte[] key, Cookie session, Cookie cookie, Supplier<UUID> ids, Clock clock) {
        try {
            this.signer = new MACSigner(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("tickets can not be signed with that key", e);
        }
        this.session = session;
        this.cookie = cookie;
        this.ids = ids;
        this.clock = clock;
    }

    /** A ticket for that user and connector, good once and for a minute; its nonce goes along with the answer. */
    public String issue(UUID userId, String connector, ServerWebExchange exchange) {
        String nonce = session.derived(exchange, "connect")
                .orElseThrow(() -> new IllegalStateException("only a session connects"));
        cookie.write(exchange, nonce, NONCE_GOOD_FOR);
        return sign(userId, connector, Cookie.hash(nonce));
    }

    /** Takes the nonce away: a consent that was begun in a session ends with it. */
    void forget(ServerWebExchange exchange) {
        cookie.forget(exchange);
    }

    private String sign(UUID userId, String connector, String nonceHash) {
        Instant now = clock.instant();
        SignedJWT ticket = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .audience(AUDIENCE)
                        .subject(userId.toString())
                        .claim("connector", connector)
                        .claim("nonce_hash", nonceHash)
                        .jwtID(ids.get().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(GOOD_FOR)))
                        .build());
        try {
            ticket.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("a ticket can not be signed", e);
        }
        return ticket.serialize();
    }
}
