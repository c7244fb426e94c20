package dev.lifeline.poller.domain.grant;

import java.util.Set;
import java.util.UUID;

/**
 * A user's standing permission at a provider, as it is in one moment.
 *
 * @param subject the provider's immutable id of the account
 * @param account what a person calls it
 * @param generation one higher with each consent
 * @param scopes what was granted, which may be less than what was asked for
 * @param credentialVersion one higher with each change of the credential
 * @param dead whether the provider has ended it: it is not used again before a new consent
 */
public record Grant(
        UUID id,
        UUID userId,
        String provider,
        String subject,
        String account,
        long generation,
        Set<String> scopes,
        Credential credential,
        long credentialVersion,
        boolean dead) {

    public Grant {
        scopes = Set.copyOf(scopes);
    }

    /** Without account and subject. */
    @Override
    public String toString() {
        return "Grant[" + id + ", generation " + generation + ", credential version " + credentialVersion
                + (dead ? ", dead" : "") + "]";
    }
}
