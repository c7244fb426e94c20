package dev.lifeline.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Something that does not succeed for a while: how long to wait before the next try (from 100 ms, doubling, up to a limit),
 * and what to tell people. The first failure is logged, then one a minute, then the end. Written by one thread; read by any.
 */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);
    private static final long FIRST_BACK_OFF_MILLIS = 100;
    private static final long LOG_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final String what;
    private final long maxBackOffMillis;
    private int failures;
    private long loggedAt;
    private volatile @Nullable String reason;

    /** @param what what fails, as the start of a sentence: {@code relaying of ...} */
    Outage(String what, Duration maxBackOff) {
        this.what = what;
        this.maxBackOffMillis = maxBackOff.toMillis();
    }

    /** Notes a failure; answers how many milliseconds to wait before the next try. */
    long failed(Throwable failure) {
        String said = said(failure);
        reason = said;
        long now = System.nanoTime();
        if (failures == 0 || now - loggedAt > LOG_EVERY_NANOS) {
            loggedAt = now;
            log.warn("{} waits: {}. Nothing is lost; it is tried again until it succeeds.", what, said);
        }
        log.debug("{} failed", what, failure);
        long wait = FIRST_BACK_OFF_MILLIS << Math.min(failures, 16);
        failures++;
        return Math.min(wait, maxBackOffMillis);
    }

    /** Notes a success. */
    void over() {
        if (failures > 0) {
            log.info("{} goes on after {} failed tries", what, failures);
            failures = 0;
            reason = null;
        }
    }

    /** What failed last; absent when all is well. */
    @Nullable
    String reason() {
        return reason;
    }

    private static String said(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
