package dev.lifeline.poller.application.consent;

import dev.lifeline.poller.application.UnavailableException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what was consented to. Throws {@link UnavailableException} when the store is away. */
public interface Consents {

    /** On which connectors of the user a consent for this one bears, and for which account it is expected. */
    Expected expected(UUID userId, String provider, String connector);

    /**
     * Keeps a consent, all of it or nothing: a generation higher than any that its connectors have had, and all connectors of
     * the grant due at once.
     */
    Saved save(Consent consent);

    /** Whether any user has a grant of that account. */
    boolean knowsAccount(String provider, String subject);

    /** Whether a user ever had one of those connectors. */
    boolean everHad(UUID userId, Set<String> connectors);

    /**
     * What a consent should be for.
     *
     * @param account the account that the connector reads now; null when it is not connected
     * @param connectors the user's connectors whose scopes must be asked for as well, or they would lose them
     */
    record Expected(@Nullable String account, Set<String> connectors) {}

    /** What came of saving. */
    sealed interface Saved {

        /**
         * It is kept.
         *
         * @param connectors all that are read by this grant now, also those that were before
         */
        record Kept(UUID grantId, long generation, Set<String> connectors) implements Saved {

            public Kept {
                connectors = Set.copyOf(connectors);
            }
        }

        /** The connector reads another account; nothing was changed. */
        record OtherAccount(String expected) implements Saved {}

        /** No refresh token came, and none is there from before; nothing was changed. */
        record NoRefreshToken() implements Saved {}
    }
}
