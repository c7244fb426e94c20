package dev.lifeline.poller.domain.grant;

import java.util.UUID;

/**
 * The right to refresh one version of a grant's credential; nobody else has it until it is given back or its lease ends.
 *
 * @param holder tells this turn from a later one for the same version
 * @param inDoubt whether an earlier refresh of this version was sent and no answer to it was understood: it may have been
 *     carried out, and what it brought is lost
 * @param rotates whether the provider is known to replace refresh tokens: it has replaced this grant's, or another's
 */
public record RefreshTurn(Grant grant, UUID holder, boolean inDoubt, boolean rotates) {

    /** The version of the credential that this turn is for. */
    public long version() {
        return grant.credentialVersion();
    }
}
