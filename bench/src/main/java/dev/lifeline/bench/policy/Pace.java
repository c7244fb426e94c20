package dev.lifeline.bench.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * Work that begins at fixed times, however long what was begun before takes. So the time from when it was meant to begin
 * until its end counts waiting in, as somebody who comes at that time would.
 */
public final class Pace {

    private static final double NANOS = 1e9;

    private Pace() {}

    /** One piece of the work. */
    public interface Slot {

        /** @param meant when it was to begin, as {@link System#nanoTime()} counts */
        void run(int number, long meant) throws Exception;
    }

    /** Begins so many a second, each in a thread of its own; returns when all have ended, and fails where one did. */
    public static void keep(double perSecond, int count, Slot work) {
        keep(perSecond, number -> number < count, work);
    }

    /** Begins so many a second for as long as that number is still to begin. */
    public static void keep(double perSecond, IntPredicate begins, Slot work) {
        long start = System.nanoTime();
        List<Future<?>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; begins.test(i); i++) {
                int number = i;
                long meant = start + (long) (i / perSecond * NANOS);
                for (long left = meant - System.nanoTime(); left > 0; left = meant - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                asked.add(threads.submit(() -> {
                    work.run(number, meant);
                    return number;
                }));
            }
        }
        for (Future<?> each : asked) {
            if (each.state() == Future.State.FAILED) {
                throw new IllegalStateException("what was to be measured failed", each.exceptionNow());
            }
        }
    }

    /** Milliseconds from then until now. */
    public static double since(long meant) {
        return (System.nanoTime() - meant) / 1e6;
    }
}
