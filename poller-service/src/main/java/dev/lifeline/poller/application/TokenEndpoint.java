package dev.lifeline.poller.application;

import dev.lifeline.poller.domain.classification.TokenOutcome;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider's authorization server: sends people to it, redeems codes, refreshes. Blocking, thread-safe; never throws for
 * what the provider does, and never follows a redirect.
 */
public interface TokenEndpoint {

    /** Where to send a person's browser (RFC 6749 section 4.1.1, with PKCE S256). */
    URI authorizationUri(Authorization authorization);

    /** Redeems an authorization code (RFC 6749 section 4.1.3), in no more time than given. */
    TokenOutcome exchange(String code, String codeVerifier, URI redirectUri, Duration within);

    /** Asks for a new access token (RFC 6749 section 6), in no more time than given. */
    TokenOutcome refresh(String refreshToken, Duration within);

    /** Ends a grant (RFC 7009), in no more time than given; false when the provider has no such endpoint or refused. */
    boolean revoke(String token, Duration within);

    /**
     * One journey of one person through consent.
     *
     * @param redirectUri where the code is to be brought
     * @param scopes what is asked for; {@code openid} and {@code email} are added where the provider knows them
     * @param state returned unchanged with the code; unguessable, single use
     * @param codeVerifier 43 to 128 unreserved characters, kept server-side (RFC 7636); only its S256 challenge is sent
     * @param nonce comes back in the ID token
     * @param loginHint the account that is to be renewed; null for a new one
     */
    record Authorization(
            URI redirectUri,
            Set<String> scopes,
            String state,
            String codeVerifier,
            String nonce,
            @Nullable String loginHint) {

        public Authorization {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "Authorization[" + redirectUri + ", " + scopes + "]";
        }
    }
}
