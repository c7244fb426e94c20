package dev.lifeline.projector.replay;

import dev.lifeline.projector.rebuild.Rebuild;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a rebuild gets on, for people: a bar with the number of events, their rate and the time that is left. On a terminal one
 * line that is written over; elsewhere a line now and then.
 */
final class ProgressBar implements Rebuild.Progress {

    private static final int WIDTH = 30;
    private static final double NANOS = 1e9;
    private static final double REDRAWN_SECONDS = 0.2;
    private static final double SAID_SECONDS = 5;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long start;
    private long found;
    private long passed;
    private long drawn;
    private boolean open;
    private @Nullable String waitsFor;

    /** @param terminal whether a line can be written over */
    ProgressBar(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.drawn = start;
    }

    @Override
    public synchronized void found(long records) {
        found += records;
    }

    @Override
    public synchronized void passed(long records) {
        passed += records;
        if (records > 0) {
            waitsFor = null;
        }
        long now = nanoTime.getAsLong();
        if ((now - drawn) / NANOS >= (terminal ? REDRAWN_SECONDS : SAID_SECONDS)) {
            drawn = now;
            draw(line((now - start) / NANOS));
        }
    }

    @Override
    public synchronized void waits(String why) {
        if (!why.equals(waitsFor)) {
            waitsFor = why;
            say("waiting: " + why);
        }
    }

    @Override
    public synchronized void doing(String what) {
        say(what);
    }

    /** Ends the line that is being written over. */
    synchronized void end() {
        if (open) {
            out.println();
            open = false;
        }
    }

    long passed() {
        return passed;
    }

    double seconds() {
        return (nanoTime.getAsLong() - start) / NANOS;
    }

    private void say(String what) {
        if (passed > 0 && passed == found && open) {
            draw(line(seconds()));
        }
        end();
        out.println(what);
    }

    private void draw(String line) {
        if (terminal) {
            out.print("\r" + line + "\u001b[K");
            open = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String line(double seconds) {
        double part = found == 0 ? 1 : Math.min(1.0, (double) passed / found);
        int full = (int) (part * WIDTH);
        double rate = passed / Math.max(seconds, 1e-3);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %,d of %,d events  %,.0f/s  %s left",
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                Math.floor(part * 100),
                passed,
                found,
                rate,
                rate < 1 ? "?" : time((found - passed) / rate));
    }

    private static String time(double seconds) {
        Duration left = Duration.ofSeconds(Math.max(0, Math.round(seconds)));
        return left.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", left.toMinutesPart(), left.toSecondsPart());
    }
}
