package dev.lifeline.poller.application.polling;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many connectors of one provider are polled at a time, whatever their kinds. Half of the slots are kept, the same
 * number for each kind and one at least, and the others go to whichever kind asks first: so a kind whose API hangs takes what
 * is common and what is its own, and never what another's polls need to go on. May be used by any number of threads.
 */
final class Slots {

    private final Map<String, Integer> used = new HashMap<>();
    private final int kept;
    private final int common;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** @throws IllegalArgumentException when there are fewer slots than kinds, so that one would never be polled */
    Slots(String provider, int slots, Collection<String> kinds) {
        if (slots < kinds.size()) {
            throw new IllegalArgumentException("lifeline.poller.concurrency is " + slots + ", but provider " + provider
                    + " has " + kinds.size() + " kinds of connectors: it must be that many at least");
        }
        kinds.forEach(kind -> used.put(kind, 0));
        this.kept = Math.max(1, slots / (2 * kinds.size()));
        this.common = slots - kept * kinds.size();
    }

    /** Takes all that a kind can have now; waits until it is one at least. */
    int take(String kind) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int free = free(kind);
            while (free == 0) {
                changed.await();
                free = free(kind);
            }
            used.merge(kind, free, Integer::sum);
            return free;
        } finally {
            lock.unlock();
        }
    }

    void giveBack(String kind, int count) {
        lock.lock();
        try {
            used.merge(kind, -count, Integer::sum);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a kind uses none; false when it still does after that long. */
    boolean awaitUnused(String kind, Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (usedBy(kind) > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return usedBy(kind) == 0;
        } finally {
            lock.unlock();
        }
    }

    private int free(String kind) {
        int borrowed = used.values().stream()
                .mapToInt(count -> Math.max(0, count - kept))
                .sum();
        return Math.max(0, kept - usedBy(kind)) + common - borrowed;
    }

    private int usedBy(String kind) {
        return used.getOrDefault(kind, 0);
    }
}
