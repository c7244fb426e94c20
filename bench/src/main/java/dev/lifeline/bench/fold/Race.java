package dev.lifeline.bench.fold;

import java.util.concurrent.Callable;

/** Watches a contestant that works in the background. */
final class Race {

    private static final long LONGEST_MILLIS = 600_000;

    private Race() {}

    /**
     * Events a second from the first progress that is seen to the end, so that nobody's start-up counts.
     *
     * @param done how many events are done, committed
     */
    static double watch(long total, long pollMillis, Callable<Long> done) throws Exception {
        long begin = System.nanoTime();
        long first = 0;
        long firstNanos = 0;
        long now = 0;
        while (now < total) {
            Thread.sleep(pollMillis);
            now = done.call();
            if (first == 0 && now > 0) {
                first = now;
                firstNanos = System.nanoTime();
            }
            if ((System.nanoTime() - begin) / 1_000_000 > LONGEST_MILLIS) {
                throw new IllegalStateException("only " + now + " of " + total + " events done after 10 minutes");
            }
        }
        return (total - first) * 1e9 / (System.nanoTime() - firstNanos);
    }
}
