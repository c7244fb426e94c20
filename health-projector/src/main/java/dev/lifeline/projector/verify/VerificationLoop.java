package dev.lifeline.projector.verify;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks now and then whether it is time to prove a partition, and says by meters how it stands with all of them. */
public final class VerificationLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(VerificationLoop.class);

    /** What starts has better things to do. */
    private static final Duration FIRST = Duration.ofMinutes(2);

    private static final Duration BETWEEN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Verification verification;
    private volatile Standing standing = Standing.NONE;
    private volatile long lookedNanos = System.nanoTime();
    private @Nullable Thread thread;

    public VerificationLoop(Verification verification, MeterRegistry meters) {
        this.verification = verification;
        if (verification.never()) {
            return; // what does not go on must not look as if all were well
        }
        Gauge.builder("lifeline.projector.verification.differences", this, loop -> loop.standing.different())
                .description("rows that are not what the log comes to")
                .register(meters);
        Gauge.builder("lifeline.projector.verification.oldest.seconds", this, VerificationLoop::oldestSeconds)
                .description("how long ago that partition was proven which was proven least recently")
                .register(meters);
        Gauge.builder(
                        "lifeline.projector.verification.every.seconds",
                        verification,
                        each -> each.every().toSeconds())
                .description("how often each partition is to be proven")
                .register(meters);
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().name("verification").daemon().start(this::run);
        }
    }

    private void run() {
        if (verification.never()) {
            log.info("Rows are not proven in the background: lifeline.projector.verify-every is 0");
            forget();
            return;
        }
        try {
            look();
            for (Duration since = BETWEEN; ; since = since.plus(BETWEEN)) {
                Thread.sleep(BETWEEN);
                if (since.compareTo(FIRST) < 0) {
                    look(); // partitions are known once they are folded
                } else {
                    turn();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends
        }
    }

    private void turn() throws InterruptedException {
        try {
            verification.round();
        } catch (SQLException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            log.warn("The rows could not be proven now, and will be later: {}", e.getMessage());
            log.debug("in full", e);
        }
        look();
    }

    private void look() {
        try {
            standing = verification.standing();
            lookedNanos = System.nanoTime();
        } catch (SQLException e) {
            log.debug("It can not be told now how the verification stands", e);
        }
    }

    /** Goes on while a partition is being proven, however long that takes. */
    private double oldestSeconds() {
        return standing.oldestSeconds() + (System.nanoTime() - lookedNanos) / 1e9;
    }

    private void forget() {
        try {
            verification.forget();
        } catch (SQLException e) {
            log.warn("What was proven before could not be forgotten: {}", e.getMessage());
        }
    }

    @Override
    public void stop() {
        Thread running;
        synchronized (this) {
            running = thread;
            thread = null;
        }
        if (running != null) {
            running.interrupt();
            try {
                running.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
