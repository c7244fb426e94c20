package dev.lifeline.poller.application.consent;

import dev.lifeline.poller.application.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * Tickets that were redeemed and authorizations under way; each is good once, whichever instance it comes back to. Throws
 * {@link UnavailableException} when the store is away.
 */
public interface Authorizations {

    /** Uses a ticket; false when it was used before. */
    boolean redeem(Ticket ticket);

    /** Remembers an authorization, for no longer than that, under the state with which it will come back. */
    void begin(PendingAuthorization pending, String state, Duration life);

    /**
     * Takes an authorization back; it can not be taken again.
     *
     * @return empty when that state is not known, was used, has expired, or was begun by another browser or for another
     *     provider
     */
    Optional<PendingAuthorization> finish(String state, String browserHash, String provider);
}
