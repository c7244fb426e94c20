package dev.lifeline.poller.application;

import java.time.Duration;

/**
 * Until when something must be done, such as the end of a lease.
 *
 * @param nanos by {@link System#nanoTime}, which nobody sets
 */
public record Deadline(long nanos) {

    /** That long from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** A deadline earlier by so much, which leaves time for what comes after. */
    public Deadline minus(Duration reserve) {
        return new Deadline(nanos - reserve.toNanos());
    }

    /** What is left; zero when it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** What is left, but no more than that. */
    public Duration left(Duration most) {
        Duration left = left();
        return left.compareTo(most) < 0 ? left : most;
    }

    public boolean hasPassed() {
        return left().isZero();
    }
}
