package dev.lifeline.poller.application.polling;

import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.poller.domain.grant.Credential;
import dev.lifeline.poller.domain.grant.Grant;
import dev.lifeline.poller.domain.grant.RefreshTurn;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The grants and their credentials. Blocking, thread-safe; throws {@link UnavailableException} when the store is away and
 * {@link UnreadableCredentialException} when a credential can not be decrypted.
 */
public interface Grants {

    /** A grant as it is now; empty when it was dropped. */
    Optional<Grant> find(UUID grantId);

    /**
     * Takes the turn to refresh, for as long as the lease is; empty when somebody else has it, or the credential is no
     * longer of that version. From here on the refresh counts as sent: should no answer to it be recorded, the next turn is
     * in doubt.
     */
    Optional<RefreshTurn> takeTurn(UUID grantId, long version, Duration lease);

    /**
     * Replaces the credential and ends the turn.
     *
     * @return the grant as it is then; empty when the credential has moved on, or the turn was lost: then nothing is saved
     */
    Optional<Grant> saveRefreshed(RefreshTurn turn, Credential credential, boolean rotated);

    /** Whether the turn is still held and the credential still of its version. */
    boolean holds(RefreshTurn turn);

    /** Ends a turn that brought no credential. {@code inDoubt}: what was sent may have been carried out. */
    void endTurn(RefreshTurn turn, boolean inDoubt);
}
