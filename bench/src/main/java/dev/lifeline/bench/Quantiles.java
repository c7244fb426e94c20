package dev.lifeline.bench;

import java.util.Arrays;
import java.util.Locale;

/** Durations in milliseconds, and how they are spread. */
public final class Quantiles {

    private final double[] sorted;

    public Quantiles(double[] millis) {
        sorted = millis.clone();
        Arrays.sort(sorted);
    }

    /** What that part of them does not exceed. */
    public double at(double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    public double[] sorted() {
        return sorted.clone();
    }

    public String inMillis() {
        return String.format(Locale.ROOT, "p50 %,.0f ms, p99 %,.0f ms", at(0.5), at(0.99));
    }

    /** With a digit behind the point, for what is short. */
    public String inTenths() {
        return String.format(Locale.ROOT, "p50 %,.1f ms, p99 %,.1f ms", at(0.5), at(0.99));
    }

    public String inSeconds() {
        return String.format(Locale.ROOT, "p50 %.1f s, p99 %.1f s", at(0.5) / 1_000, at(0.99) / 1_000);
    }
}
