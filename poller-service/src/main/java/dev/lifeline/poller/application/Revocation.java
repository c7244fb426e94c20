package dev.lifeline.poller.application;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives grants back to their provider (RFC 7009), as well as that can be done: nobody waits for it, and when the provider
 * does not take it, the tokens are forgotten all the same.
 */
public final class Revocation {

    private static final Logger LOG = LoggerFactory.getLogger(Revocation.class);

    private final Catalogue catalogue;
    private final Duration callTimeout;
    private final Executor executor;

    public Revocation(Catalogue catalogue, Duration callTimeout, Executor executor) {
        this.catalogue = catalogue;
        this.callTimeout = callTimeout;
        this.executor = executor;
    }

    /** Revokes a token, soon. */
    public void revoke(String providerId, String token) {
        catalogue
                .provider(providerId)
                .ifPresent(provider -> executor.execute(() -> {
                    if (!provider.tokens().revoke(token, callTimeout)) {
                        LOG.info("Provider {} did not take back a grant that is no longer needed", providerId);
                    }
                }));
    }
}
