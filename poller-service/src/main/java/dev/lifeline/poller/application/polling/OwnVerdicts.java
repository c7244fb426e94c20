package dev.lifeline.poller.application.polling;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.domain.classification.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Verdicts on what needs no answer of a provider to be known. */
final class OwnVerdicts {

    /** The one refusal of class REAUTH that concerns a single connector and leaves the grant alive. */
    static final String INSUFFICIENT_SCOPE = "insufficient_scope";

    private OwnVerdicts() {}

    /** A scope that the connector needs was not granted: the person left it unticked. */
    static Verdict scopeNotGranted(Set<String> missing) {
        return own(FailureClass.REAUTH, INSUFFICIENT_SCOPE, "not granted: " + String.join(" ", new TreeSet<>(missing)));
    }

    /** The access token has expired and there is nothing to renew it with. */
    static Verdict noRefreshToken() {
        return own(FailureClass.REAUTH, "no_refresh_token", "the provider gave no refresh token");
    }

    /** The keyset lacks the key. */
    static Verdict credentialUnreadable() {
        return own(FailureClass.CONFIG, "credential_unreadable", "the credential can not be decrypted");
    }

    /** The configuration no longer reads this kind of connector at the provider that it was connected with. */
    static Verdict providerNotOffered(String provider) {
        return own(FailureClass.CONFIG, "provider_not_offered", "this connector is no longer read at " + provider);
    }

    private static Verdict own(FailureClass failureClass, String code, String description) {
        return new Verdict(
                failureClass, code, null, code, null, Verdict.OWN, 0, null, null, description, null, List.of());
    }
}
