package dev.lifeline.policy;

import dev.lifeline.policy.application.Ledgers;
import dev.lifeline.policy.application.Upkeep;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does what time demands, for as long as the service runs. The heartbeat has a thread of its own: whoever has much to judge
 * again, or waits for a place to do so, lives all the same.
 */
final class UpkeepLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(UpkeepLoop.class);
    private static final long HEARTBEAT_MILLIS = 1_000;
    private static final long TIDY_NANOS = Duration.ofHours(1).toNanos();

    private final AtomicReference<Ledgers.Pulled> pulled = new AtomicReference<>(new Ledgers.Pulled(0, 0));
    private final Upkeep upkeep;
    private final long intervalMillis;
    private final Semaphore stopping = new Semaphore(0);
    private volatile List<Thread> threads = List.of();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private long tidied = System.nanoTime();

    UpkeepLoop(Upkeep upkeep, Duration interval, MeterRegistry meters) {
        Gauge.builder(
                        "lifeline.policy.operator.pauses",
                        pulled,
                        seen -> seen.get().operatorPauses())
                .register(meters);
        Gauge.builder(
                        "lifeline.policy.unreadable.commands",
                        pulled,
                        seen -> seen.get().unreadableCommands())
                .register(meters);
        this.upkeep = upkeep;
        this.intervalMillis = interval.toMillis();
    }

    @Override
    public void start() {
        threads = List.of(
                Thread.ofVirtual().name("upkeep").unstarted(() -> repeat(this::keepUp, intervalMillis)),
                Thread.ofVirtual().name("heartbeat").unstarted(() -> repeat(this::beat, HEARTBEAT_MILLIS)));
        threads.forEach(Thread::start);
    }

    @Override
    public void stop() {
        List<Thread> running = threads;
        threads = List.of();
        stopping.release(running.size());
        try {
            for (Thread each : running) {
                each.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty();
    }

    private void repeat(Runnable round, long pauseMillis) {
        try {
            do {
                round.run();
            } while (!stopping.tryAcquire(pauseMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        attempt("the heartbeat", upkeep::heartbeat);
        attempt("counting what is held back", () -> pulled.set(upkeep.pulled()));
    }

    private void keepUp() {
        attempt("judging again", upkeep::reconsider);
        attempt("ending what has expired", upkeep::expire);
        if (System.nanoTime() - tidied >= TIDY_NANOS && attempt("tidying", upkeep::tidy)) {
            tidied = System.nanoTime();
        }
    }

    /** Whatever fails is done the next time; it is said once. */
    private boolean attempt(String what, Runnable work) {
        try {
            work.run();
            if (failing.remove(what)) {
                log.info("Upkeep: {} goes on", what);
            }
            return true;
        } catch (RuntimeException | Error e) { // the thread must live: nothing else would expire or be judged again
            if (failing.add(what)) {
                log.warn("Upkeep: {} waits: {}", what, e.getMessage(), e);
            }
            return false;
        }
    }
}
