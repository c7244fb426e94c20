package dev.lifeline.bench.detect;

import java.util.Arrays;
import java.util.Locale;

/** Durations in milliseconds, and how they are spread. */
final class Quantiles {

    private final double[] sorted;

    Quantiles(double[] millis) {
        sorted = millis.clone();
        Arrays.sort(sorted);
    }

    /** What that part of them does not exceed. */
    double at(double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    double[] sorted() {
        return sorted.clone();
    }

    String inMillis() {
        return String.format(Locale.ROOT, "p50 %,.0f ms, p99 %,.0f ms", at(0.5), at(0.99));
    }

    String inSeconds() {
        return String.format(Locale.ROOT, "p50 %.1f s, p99 %.1f s", at(0.5) / 1_000, at(0.99) / 1_000);
    }
}
