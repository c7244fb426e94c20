package dev.lifeline.poller.application.polling;

import java.time.Duration;

/**
 * The times that polling keeps.
 *
 * @param pollInterval from one poll of a connector to the next
 * @param lease how long a claim, or the turn to refresh, belongs to whoever took it
 * @param callTimeout the longest that a provider is waited for in one call; an attempt may take two, one to poll and one to
 *     refresh
 * @param publishReserve what is kept of a lease for publishing and saving; longer than publishing can take
 * @param refreshMargin how long before it expires an access token is renewed
 */
public record Pacing(
        Duration pollInterval, Duration lease, Duration callTimeout, Duration publishReserve, Duration refreshMargin) {

    public Pacing {
        demandPositive("lifeline.poll-interval", pollInterval);
        demandPositive("lifeline.poller.lease", lease);
        demandPositive("lifeline.poller.call-timeout", callTimeout);
        demandPositive("lifeline.poller.publish-reserve", publishReserve);
        if (refreshMargin.isNegative()) {
            throw new IllegalArgumentException(
                    "lifeline.poller.refresh-margin must not be negative, but is " + refreshMargin);
        }
        if (callTimeout.multipliedBy(2).plus(publishReserve).compareTo(lease) >= 0) {
            throw new IllegalArgumentException("lifeline.poller.lease is " + lease
                    + ", which leaves no time for lifeline.poller.call-timeout twice, " + callTimeout
                    + ", for a poll and a refresh, and then lifeline.poller.publish-reserve, " + publishReserve
                    + ": make the lease longer, or these shorter");
        }
    }

    private static void demandPositive(String setting, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(setting + " must be longer than nothing, not " + duration);
        }
    }
}
