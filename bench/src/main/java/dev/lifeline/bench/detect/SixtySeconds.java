package dev.lifeline.bench.detect;

import dev.lifeline.bench.Quantiles;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * How soon a revocation is seen when it falls at any time between two polls that are 60 s apart. Nobody waits for that in a
 * benchmark: it is drawn at random, a hundred thousand times, and labelled so.
 */
final class SixtySeconds {

    private static final double INTERVAL_MILLIS = 60_000;
    private static final int DRAWS = 100_000;

    private SixtySeconds() {}

    /** Lifeline: until the next poll, then as long as was measured from the provider's answer to the banner. */
    static Quantiles lifeline(Quantiles fromAnswer) {
        Random random = new Random(1);
        double[] measured = fromAnswer.sorted();
        return drawn(() -> wait(random) + measured[random.nextInt(measured.length)]);
    }

    /**
     * SkyTwin's design: until the worker's loop comes round, then until the browser asks; what either takes to do its work
     * is left out, in its favour.
     */
    static Quantiles workerLoopAndBrowserPoll() {
        Random random = new Random(2);
        return drawn(() -> wait(random) + wait(random));
    }

    private static double wait(Random random) {
        return random.nextDouble() * INTERVAL_MILLIS;
    }

    private static Quantiles drawn(java.util.function.DoubleSupplier one) {
        return new Quantiles(DoubleStream.generate(one).limit(DRAWS).toArray());
    }
}
