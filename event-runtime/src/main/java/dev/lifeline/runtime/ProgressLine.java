package dev.lifeline.runtime;

import java.io.PrintStream;
import java.util.Locale;

/** Tells a person how far a {@link LogScan} is, in one line of a terminal that is written over and over. */
public final class ProgressLine implements LogScan.Progress {

    private static final long PAUSE_NANOS = 200_000_000;

    private final String what;
    private final PrintStream terminal;
    private long written = System.nanoTime() - PAUSE_NANOS;

    /** @param what what is read */
    public ProgressLine(String what, PrintStream terminal) {
        this.what = what;
        this.terminal = terminal;
    }

    @Override
    public void passed(long records, long all) {
        boolean last = records >= all;
        if (last || System.nanoTime() - written >= PAUSE_NANOS) {
            written = System.nanoTime();
            terminal.print(String.format(Locale.ROOT, "\rreading %s: %,d of %,d records", what, records, all));
            if (last) {
                terminal.println();
            }
            terminal.flush();
        }
    }
}
