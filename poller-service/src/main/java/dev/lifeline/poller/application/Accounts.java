package dev.lifeline.poller.application;

import dev.lifeline.poller.domain.classification.Tokens;
import dev.lifeline.poller.domain.classification.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whose account was granted. Blocking, thread-safe; never throws for what the provider does. */
public interface Accounts {

    /**
     * Names the account behind freshly granted tokens: by the ID token, verified (signature, issuer, audience, expiry,
     * nonce), else by the provider's userinfo.
     *
     * @param nonce the one sent with the authorization; null when there was none, and then none is compared
     */
    Identified identify(Tokens tokens, @Nullable String nonce, Duration within);

    /** What came of it. */
    sealed interface Identified {

        /**
         * Known.
         *
         * @param subject the provider's immutable id of the account: what a reconnect is compared by
         * @param name what a person calls it, such as its address
         */
        record Account(String subject, String name) implements Identified {}

        /** Not known: nobody may be connected with these tokens. */
        record Unidentified(Verdict verdict) implements Identified {}
    }
}
