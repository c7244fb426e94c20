package dev.lifeline.poller.adapter.ticket;

import dev.lifeline.poller.application.consent.Ticket;
import dev.lifeline.poller.application.consent.Tickets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Tickets as query-api signs them: a JWT (HS256) for the audience {@code lifeline-connect} that says for whom ({@code sub}),
 * which {@code connector}, in which browser ({@code nonce_hash}), and which ticket it is ({@code jti}).
 */
public final class SignedTickets implements Tickets {

    static final String AUDIENCE = "lifeline-connect";

    /** No ticket is good for longer than this, whatever it says. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private final NimbusJwtDecoder decoder;
    private final Clock clock;

    /** @param key the one that query-api signs with, at least 32 bytes */
    public SignedTickets(byte[] key, Clock clock) {
        if (key.length < 32) {
            throw new IllegalArgumentException("lifeline.ticket-key has " + key.length + " bytes, and needs 32");
        }
        SecretKey secret = new SecretKeySpec(key, "HmacSHA256");
        JwtTimestampValidator timestamps = new JwtTimestampValidator(Duration.ZERO);
        timestamps.setClock(clock);
        this.decoder = NimbusJwtDecoder.withSecretKey(secret)
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        this.decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(timestamps, new JwtAudienceValidator(AUDIENCE)));
        this.clock = clock;
    }

    @Override
    public Optional<Ticket> read(String text) {
        try {
            return ticket(decoder.decode(text));
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Ticket> ticket(Jwt jwt) {
        String id = jwt.getId();
        String userId = jwt.getSubject();
        String connector = jwt.getClaimAsString("connector");
        String browserHash = jwt.getClaimAsString("nonce_hash");
        Instant expiresAt = jwt.getExpiresAt();
        if (id == null || userId == null || connector == null || browserHash == null || expiresAt == null) {
            return Optional.empty();
        }
        return lastsTooLong(expiresAt)
                ? Optional.empty()
                : Optional.of(
                        new Ticket(UUID.fromString(id), UUID.fromString(userId), connector, browserHash, expiresAt));
    }

    private boolean lastsTooLong(Instant expiresAt) {
        return expiresAt.isAfter(clock.instant().plus(LONGEST_LIFE));
    }
}
