package dev.lifeline.poller.application.consent;

import java.util.Set;
import java.util.UUID;

/**
 * A person who is at a provider, giving consent.
 *
 * @param scopes what was asked for
 * @param browserHash SHA-256, base64url, of the nonce in the cookie of the browser that began
 * @param codeVerifier of this journey alone (RFC 7636)
 * @param nonce comes back in the ID token
 */
public record PendingAuthorization(
        UUID userId,
        String connector,
        String provider,
        Set<String> scopes,
        String browserHash,
        String codeVerifier,
        String nonce) {

    public PendingAuthorization {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "PendingAuthorization[" + userId + "/" + connector + "]";
    }
}
