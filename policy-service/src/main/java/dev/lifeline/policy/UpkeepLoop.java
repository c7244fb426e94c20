package dev.lifeline.policy;

import dev.lifeline.policy.application.Ledgers;
import dev.lifeline.policy.application.Upkeep;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does what time demands, for as long as the service runs. */
final class UpkeepLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(UpkeepLoop.class);
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long TIDY_NANOS = Duration.ofHours(1).toNanos();

    private final AtomicReference<Ledgers.Pulled> pulled = new AtomicReference<>(new Ledgers.Pulled(0, 0));
    private final Upkeep upkeep;
    private final long intervalMillis;
    private final Semaphore stopping = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private final Set<String> failing = new HashSet<>();

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
        Thread looping = Thread.ofVirtual().name("upkeep").unstarted(this::run);
        thread = looping;
        looping.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        stopping.release();
        try {
            if (running != null) {
                running.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        long heard = System.nanoTime() - HEARTBEAT_NANOS;
        long tidied = System.nanoTime();
        try {
            do {
                long now = System.nanoTime();
                if (now - heard >= HEARTBEAT_NANOS && attempt("the heartbeat", upkeep::heartbeat)) {
                    heard = now;
                    attempt("counting what is held back", () -> pulled.set(upkeep.pulled()));
                }
                attempt("judging again", upkeep::reconsider);
                attempt("ending what has expired", upkeep::expire);
                if (now - tidied >= TIDY_NANOS && attempt("tidying", upkeep::tidy)) {
                    tidied = now;
                }
            } while (!stopping.tryAcquire(intervalMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
