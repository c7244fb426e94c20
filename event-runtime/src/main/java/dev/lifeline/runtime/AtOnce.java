package dev.lifeline.runtime;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** For steps that wait rather than work: they wait together, however few processors there are. */
public final class AtOnce {

    private AtOnce() {}

    /**
     * Takes the step with each, and returns when all have ended.
     *
     * @throws CompletionException with what one of those has thrown that failed
     */
    public static <T> void forEach(Collection<T> all, Consumer<? super T> step) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?>[] steps = all.stream()
                    .map(each -> CompletableFuture.runAsync(() -> step.accept(each), threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(steps).join();
        }
    }
}
