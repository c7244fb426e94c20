package dev.lifeline.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Steps that need not wait for one another. */
final class Parallel {

    private Parallel() {}

    /**
     * Takes all steps at once and returns their results, in order, when all have ended.
     *
     * @throws RuntimeException what the first step that failed has thrown
     */
    static <T> List<T> run(List<Callable<T>> steps) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, steps.size()))) {
            List<T> results = new ArrayList<>();
            for (Future<T> step : threads.invokeAll(steps)) {
                results.add(resultOf(step));
            }
            return results;
        }
    }

    private static <T> T resultOf(Future<T> step) throws InterruptedException {
        try {
            return step.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new CannotStartException(said(e), e);
        }
    }

    private static String said(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
