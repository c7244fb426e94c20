package dev.lifeline.poller.application.consent;

import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.consent.Consents.Saved;
import dev.lifeline.poller.application.polling.Pacing;
import dev.lifeline.poller.domain.classification.Tokens;
import dev.lifeline.poller.domain.grant.Credential;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Takes over a grant that was given elsewhere, as demo users' are on a first start. */
public final class AdoptGrant {

    private final Catalogue catalogue;
    private final Consents consents;
    private final Pacing pacing;
    private final Runnable due;
    private final Clock clock;

    /** @param due told when a consent has made connectors due */
    public AdoptGrant(Catalogue catalogue, Consents consents, Pacing pacing, Runnable due, Clock clock) {
        this.catalogue = catalogue;
        this.consents = consents;
        this.pacing = pacing;
        this.due = due;
        this.clock = clock;
    }

    /**
     * Connects those connectors of the user, unless the user has, or ever had, one of them.
     *
     * @param tokens with scopes, or the connectors' own are assumed
     * @return whether they were connected
     */
    public boolean adopt(UUID userId, String provider, Set<String> connectors, Account account, Tokens tokens) {
        if (consents.everHad(userId, connectors)) {
            return false;
        }
        Consent consent = new Consent(
                userId,
                provider,
                connectors,
                account,
                Objects.requireNonNullElseGet(tokens.scopes(), () -> catalogue.scopesOf(connectors)),
                Credential.of(tokens, pacing.refreshMargin(), clock.instant()));
        boolean kept = consents.save(consent) instanceof Saved.Kept;
        due.run();
        return kept;
    }
}
