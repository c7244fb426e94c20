package dev.lifeline.poller.application.polling;

import dev.lifeline.poller.application.Backoff;
import dev.lifeline.poller.application.Deadline;
import dev.lifeline.poller.application.EventLog;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.poller.domain.connector.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls all connectors of one kind: claims as many as can start at once, and sleeps until the next is due. Each kind has a
 * lane, and of its provider's {@link Slots} some that no other kind takes, so that none waits for another's provider or API.
 *
 * <p>While the log is away nothing is claimed, so that no provider is called for an outcome that could not be published.
 */
final class Lane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** The longest sleep: how late a connector may be found that another instance made due. */
    static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    /** Due, but not claimed: another instance is claiming it, or it has become due since. */
    private static final Duration CONTENDED = Duration.ofMillis(20);

    /** How late it is seen at most that the store's clock was set back. */
    private static final Duration MIND_AFTER = Duration.ofMinutes(1);

    private final String connector;
    private final Slots slots;
    private final Connectors connectors;
    private final PollConnector polling;
    private final EventLog log;
    private final Pacing pacing;
    private final Semaphore nudges = new Semaphore(0);
    private final Backoff outage = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private volatile boolean stopped;
    private volatile boolean failing;
    private volatile boolean hasWork = true;
    private boolean away;
    private long mindedAt = System.nanoTime() - MIND_AFTER.toNanos();

    Lane(String connector, Slots slots, Connectors connectors, PollConnector polling, EventLog log, Pacing pacing) {
        this.connector = connector;
        this.slots = slots;
        this.connectors = connectors;
        this.polling = polling;
        this.log = log;
        this.pacing = pacing;
    }

    /** Something may have become due. */
    void nudge() {
        nudges.release();
    }

    /** Whether the last round failed for a reason of our own, which waiting may not mend. */
    boolean isFailing() {
        return failing;
    }

    /** Whether a connector is scheduled, now or later; so it counts until that is known. */
    boolean hasWork() {
        return hasWork;
    }

    void stop() {
        stopped = true;
        nudge();
    }

    /** Waits until no attempt is under way; false when some still are after that long. */
    boolean awaitIdle(Duration most) throws InterruptedException {
        return slots.awaitUnused(connector, most);
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                sleep(step());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts what is due and can start; returns how long to sleep. */
    private Duration step() throws InterruptedException {
        try {
            if (!log.isReachable()) {
                return awaited("the log is away");
            }
            mindTheClock();
            Duration pause = claim() ? Duration.ZERO : untilNextDue();
            returned();
            return pause;
        } catch (UnavailableException e) {
            return awaited(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private void mindTheClock() {
        if (System.nanoTime() - mindedAt < MIND_AFTER.toNanos()) {
            return;
        }
        int due = connectors.makeDueAfterClockWasSetBack(connector);
        mindedAt = System.nanoTime();
        if (due > 0) {
            LOG.warn("The database's clock has been set back: {} connectors of {} are due at once", due, connector);
        }
    }

    /** Claims as many as can start, one at least, and starts them; whether still more may be due. */
    private boolean claim() throws InterruptedException {
        int started = 0;
        int most = slots.take(connector);
        try {
            Deadline lease = Deadline.in(pacing.lease());
            List<Claim> claims = stopped ? List.of() : connectors.claimDue(connector, most, pacing.lease());
            for (Claim claim : claims) {
                start(claim, lease);
                started++;
            }
            return started == most;
        } finally {
            slots.giveBack(connector, most - started);
        }
    }

    private Duration untilNextDue() {
        Optional<Duration> next = connectors.untilNextDue(connector);
        hasWork = next.isPresent();
        Duration due = next.orElse(LONGEST_SLEEP);
        return due.isZero() ? CONTENDED : shorter(due, LONGEST_SLEEP);
    }

    private void start(Claim claim, Deadline lease) {
        Thread.ofVirtual().name("poll-" + connector).start(() -> {
            try {
                polling.attempt(claim, lease)
                        .filter(next -> next.compareTo(LONGEST_SLEEP) < 0)
                        .ifPresent(next -> nudge());
            } catch (RuntimeException e) {
                LOG.error("An attempt failed for a reason of our own: {}", claim, e);
            } finally {
                slots.giveBack(connector, 1);
            }
        });
    }

    private void sleep(Duration pause) throws InterruptedException {
        if (!pause.isZero() && nudges.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            nudges.drainPermits();
        }
    }

    private Duration awaited(String why) {
        if (!away) {
            LOG.warn("Polling of {} waits: {}", connector, why);
        }
        away = true;
        return outage.next();
    }

    /** The lane must not end with it: nobody would poll this kind any more. */
    private Duration failed(RuntimeException e) {
        if (!failing) {
            LOG.error("Polling of {} fails for a reason of our own; it is tried again", connector, e);
        }
        failing = true;
        return outage.next();
    }

    private void returned() {
        if (away || failing) {
            LOG.info("Polling of {} goes on", connector);
        }
        away = false;
        failing = false;
        outage.reset();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
