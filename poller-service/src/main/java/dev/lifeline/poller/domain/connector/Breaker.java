package dev.lifeline.poller.domain.connector;

import dev.lifeline.events.FailureClass;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one connector: how often it has failed in a row, and how long it is left alone for it.
 *
 * <p>Closed, it lets a failing connector be polled at every interval. The third failure in a row opens it for five poll
 * intervals; what waiting alone can not mend opens it at once. When it has been open long enough one poll is let through:
 * its failure opens the breaker for twice as long, up to twenty intervals; its success closes it.
 *
 * @param failures failures in a row
 * @param openIntervals for how many poll intervals it is open; 0 when it is closed
 */
public record Breaker(int failures, int openIntervals) {

    /** A connector that did not fail. */
    public static final Breaker CLOSED = new Breaker(0, 0);

    /** Failures in a row that open it. */
    public static final int THRESHOLD = 3;

    /** For how many poll intervals it opens first. */
    public static final int FIRST_INTERVALS = 5;

    /** For how many poll intervals it opens at most. */
    public static final int MOST_INTERVALS = 20;

    /** The most that a provider's own wish to be left alone is honoured for. */
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    /** The part of a pause that is added to it at random at most, so that what failed together does not return together. */
    public static final double JITTER = 0.1;

    public Breaker {
        if (failures < 0 || openIntervals < 0 || openIntervals > MOST_INTERVALS) {
            throw new IllegalArgumentException("no breaker: " + failures + " failures, open for " + openIntervals);
        }
    }

    /** After one more failure. */
    public Breaker failed(FailureClass failureClass) {
        int now = failures == Integer.MAX_VALUE ? failures : failures + 1;
        if (isOpen()) {
            return new Breaker(now, Math.min(MOST_INTERVALS, openIntervals * 2));
        }
        boolean opens = failureClass.permanent() || now >= THRESHOLD;
        return new Breaker(now, opens ? FIRST_INTERVALS : 0);
    }

    public boolean isOpen() {
        return openIntervals > 0;
    }

    /**
     * How long to leave the connector alone after the failure that led here.
     *
     * @param failureClass that of the failure
     * @param retryAfter how long the provider asked for; the longer of both counts
     * @param random from 0 to below 1
     * @return empty when only a new consent can mend it: then it is not polled at all
     */
    public Optional<Duration> pause(
            FailureClass failureClass, Duration pollInterval, @Nullable Duration retryAfter, double random) {
        if (failureClass == FailureClass.REAUTH) {
            return Optional.empty();
        }
        Duration own = pollInterval.multipliedBy(Math.max(1, openIntervals));
        Duration wish = retryAfter == null ? Duration.ZERO : shorter(retryAfter, LONGEST_RETRY_AFTER);
        Duration pause = own.compareTo(wish) < 0 ? wish : own;
        long jitter = Math.round(own.toMillis() * JITTER * random);
        return Optional.of(pause.plusMillis(jitter));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
