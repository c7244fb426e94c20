package dev.lifeline.standalone;

import java.io.PrintStream;
import java.util.Locale;

/** What {@code up} says while it starts: a line a step, with the seconds since the start. */
final class Progress {

    private static final double NANOS = 1e9;

    private final PrintStream out;
    private final long start;

    /** @param start {@link System#nanoTime()} when the work began */
    Progress(PrintStream out, long start) {
        this.out = out;
        this.start = start;
    }

    void say(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), what);
    }

    /** Seconds since the start. */
    double seconds() {
        return (System.nanoTime() - start) / NANOS;
    }
}
