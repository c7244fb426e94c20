package dev.lifeline.poller.adapter.provider;

import java.time.Duration;

/** What is left of the time for several calls. */
final class Countdown {
    private final long end;

    Countdown(Duration within) {
        this.end = System.nanoTime() + within.toNanos();
    }

    /** Not negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
