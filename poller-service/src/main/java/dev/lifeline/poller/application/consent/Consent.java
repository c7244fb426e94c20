package dev.lifeline.poller.application.consent;

import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.domain.grant.Credential;
import java.util.Set;
import java.util.UUID;

/**
 * What a person granted.
 *
 * @param connectors those that are to live on it, beside those that do already
 * @param scopes what was granted, which may be less than what was asked for
 */
public record Consent(
        UUID userId,
        String provider,
        Set<String> connectors,
        Account account,
        Set<String> scopes,
        Credential credential) {

    public Consent {
        connectors = Set.copyOf(connectors);
        scopes = Set.copyOf(scopes);
    }
}
