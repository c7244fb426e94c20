package dev.lifeline.poller.scene;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import dev.lifeline.poller.application.consent.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Signs tickets as query-api does. */
public final class TicketOffice {

    public static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    public static final String ENCODED_KEY = Base64.getEncoder().encodeToString(KEY);

    private final Clock clock;
    private final byte[] key;

    public TicketOffice(Clock clock) {
        this(clock, KEY);
    }

    public TicketOffice(Clock clock, byte[] key) {
        this.clock = clock;
        this.key = key.clone();
    }

    /** A good ticket for a browser with that nonce. */
    public String ticket(UUID userId, String connector, String nonce) {
        return ticket(userId, connector, nonce, claims -> claims);
    }

    /** A ticket that may be spoilt. */
    public String ticket(UUID userId, String connector, String nonce, UnaryOperator<JwtClaimsSet.Builder> spoil) {
        Instant now = clock.instant();
        JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
                .audience(List.of("lifeline-connect"))
                .subject(userId.toString())
                .id(UUID.randomUUID().toString())
                .issuedAt(now)
                .expiresAt(now.plusSeconds(60))
                .claim("connector", connector)
                .claim("nonce_hash", Fingerprint.of(nonce));
        return new NimbusJwtEncoder(new ImmutableSecret<>(key))
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(MacAlgorithm.HS256).build(),
                        spoil.apply(claims).build()))
                .getTokenValue();
    }
}
