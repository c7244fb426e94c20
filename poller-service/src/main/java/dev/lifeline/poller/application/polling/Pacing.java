package dev.lifeline.poller.application.polling;

import java.time.Duration;

/**
 * The times that polling keeps.
 *
 * @param pollInterval from one poll of a connector to the next
 * @param lease how long a claim, or the turn to refresh, belongs to whoever took it
 * @param callTimeout the longest that a provider is waited for in one attempt, or in one call of a consent
 * @param publishReserve what is kept of a lease for publishing and saving
 * @param refreshMargin how long before it expires an access token is renewed
 */
public record Pacing(
        Duration pollInterval, Duration lease, Duration callTimeout, Duration publishReserve, Duration refreshMargin) {

    public Pacing {
        demandPositive("poll interval", pollInterval);
        demandPositive("lease", lease);
        demandPositive("call time-out", callTimeout);
        if (callTimeout.plus(publishReserve).compareTo(lease) >= 0) {
            throw new IllegalArgumentException(
                    "a lease of " + lease + " leaves no time for a call of " + callTimeout + " and then "
                            + publishReserve + " to publish: make the lease longer, or the call time-out shorter");
        }
    }

    private static void demandPositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than nothing, not " + duration);
        }
    }
}
