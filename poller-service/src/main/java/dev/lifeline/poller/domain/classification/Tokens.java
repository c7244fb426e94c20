package dev.lifeline.poller.domain.classification;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint granted (RFC 6749 section 5.1). Prints none of it.
 *
 * @param accessToken never empty
 * @param refreshToken null when the answer brought none: the old one stays good
 * @param expiresIn the life of the access token; null when the answer did not say
 * @param scopes what was granted; null when the answer did not say, which means: as asked
 * @param idToken the OpenID Connect ID token, not verified yet
 */
public record Tokens(
        String accessToken,
        @Nullable String refreshToken,
        @Nullable Duration expiresIn,
        @Nullable Set<String> scopes,
        @Nullable String idToken) {

    public Tokens {
        scopes = scopes == null ? null : Set.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "Tokens[access ***, refresh " + (refreshToken == null ? "none" : "***") + ", expiresIn " + expiresIn
                + ", scopes " + scopes + "]";
    }
}
