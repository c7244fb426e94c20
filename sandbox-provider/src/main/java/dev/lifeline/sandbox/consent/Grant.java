package dev.lifeline.sandbox.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one consent gave to one client. Ends when it is revoked.
 *
 * @param account the name of the account whose it is
 * @param since when consent was given
 * @param refreshToken the {@linkplain Tokens#fingerprint fingerprint} of its refresh token
 * @param accessTokens those that are out
 */
public record Grant(
        String id,
        String account,
        String clientId,
        Set<String> scopes,
        Instant since,
        String refreshToken,
        List<AccessToken> accessTokens) {

    public Grant {
        scopes = Set.copyOf(scopes);
        accessTokens = List.copyOf(accessTokens);
    }

    /** The same grant with one more access token out; those that have expired are forgotten. */
    public Grant with(AccessToken token, Instant now) {
        List<AccessToken> out = new ArrayList<>(accessTokens);
        out.removeIf(old -> old.fingerprint().equals(token.fingerprint()) || !old.validAt(now));
        out.add(token);
        return new Grant(id, account, clientId, scopes, since, refreshToken, out);
    }

    /** The same grant with no access token out. */
    public Grant withoutAccessTokens() {
        return new Grant(id, account, clientId, scopes, since, refreshToken, List.of());
    }

    /**
     * An access token that is out.
     *
     * @param fingerprint the token's {@linkplain Tokens#fingerprint fingerprint}
     */
    public record AccessToken(String fingerprint, Set<String> scopes, Instant issuedAt, Instant expiresAt) {

        public AccessToken {
            scopes = Set.copyOf(scopes);
        }

        boolean validAt(Instant now) {
            return now.isBefore(expiresAt);
        }
    }
}
