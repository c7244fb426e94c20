package dev.lifeline.poller.domain.grant;

import dev.lifeline.poller.domain.classification.Tokens;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a grant. Prints none of them.
 *
 * @param refreshToken null when the provider gave none: such a grant ends with its access token
 * @param refreshAt when a new access token is to be asked for, somewhat before this one expires; null: it does not expire
 */
public record Credential(
        String accessToken,
        @Nullable String refreshToken,
        @Nullable Instant refreshAt) {

    /** The credential that a consent brings. */
    public static Credential of(Tokens tokens, Duration margin, Instant now) {
        return new Credential(tokens.accessToken(), tokens.refreshToken(), refreshAt(tokens, margin, now));
    }

    /** The credential after a refresh; the old refresh token is kept when no new one came. */
    public Credential refreshed(Tokens tokens, Duration margin, Instant now) {
        String refresh = tokens.refreshToken() == null ? refreshToken : tokens.refreshToken();
        return new Credential(tokens.accessToken(), refresh, refreshAt(tokens, margin, now));
    }

    /** Whether the access token is good for a call. */
    public boolean usable(Instant now) {
        return refreshAt == null || now.isBefore(refreshAt);
    }

    /** The margin is cut to a fifth of a short life, or a token that lives for seconds would never be used. */
    private static @Nullable Instant refreshAt(Tokens tokens, Duration margin, Instant now) {
        Duration life = tokens.expiresIn();
        if (life == null) {
            return null;
        }
        Duration fifth = life.dividedBy(5);
        return now.plus(life).minus(fifth.compareTo(margin) < 0 ? fifth : margin);
    }

    @Override
    public String toString() {
        return "Credential[access ***, refresh " + (refreshToken == null ? "none" : "***") + ", refreshAt " + refreshAt
                + "]";
    }
}
