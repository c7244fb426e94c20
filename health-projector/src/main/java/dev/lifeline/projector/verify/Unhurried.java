package dev.lifeline.projector.verify;

import dev.lifeline.projector.rebuild.Rebuild;
import java.time.Duration;

/** Rests three times as long as it works, so that it takes a quarter of a processor, and live the rest. */
final class Unhurried implements Rebuild.Progress {

    private static final int REST = 3;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private long since = System.nanoTime();

    @Override
    public void found(long records) {}

    @Override
    public void doing(String what) {}

    @Override
    public void passed(long records) {
        if (records > 0) {
            long worked = System.nanoTime() - since;
            rest(Math.min(worked * REST, LONGEST.toNanos()));
        }
        since = System.nanoTime();
    }

    private static void rest(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever folds looks at it before the next records
        }
    }
}
