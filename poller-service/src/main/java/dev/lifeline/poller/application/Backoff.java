package dev.lifeline.poller.application;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits between tries, each time twice as long, up to a limit. For one thread; an interrupt ends the waiting. */
public final class Backoff {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** Waits, but not beyond the deadline; false when that has passed, or the thread was interrupted. */
    public boolean await(Deadline deadline) {
        Duration pause = deadline.left(next);
        next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
        if (pause.isZero() || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(pause.toNanos());
        return !Thread.currentThread().isInterrupted();
    }

    /** How long to wait this time. The next time it is longer. */
    public Duration next() {
        Duration pause = next;
        next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
        return pause;
    }

    /** It worked: the next time begins anew. */
    public void reset() {
        next = first;
    }
}
