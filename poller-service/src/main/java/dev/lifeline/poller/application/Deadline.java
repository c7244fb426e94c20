package dev.lifeline.poller.application;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Until when something must be done, such as the end of a lease. */
public record Deadline(Instant at, Clock clock) {

    /** That long from now. */
    public static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock.instant().plus(time), clock);
    }

    /** A deadline earlier by so much, which leaves time for what comes after. */
    public Deadline minus(Duration reserve) {
        return new Deadline(at.minus(reserve), clock);
    }

    /** This deadline, or that long from now, whichever comes first. */
    public Deadline noLaterThanIn(Duration time) {
        Deadline other = in(time, clock);
        return other.at.isBefore(at) ? other : this;
    }

    /** What is left; zero when it has passed. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
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
