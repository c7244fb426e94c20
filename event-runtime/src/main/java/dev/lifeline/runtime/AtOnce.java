package dev.lifeline.runtime;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** For steps that wait rather than work: they wait together, however few processors there are. */
final class AtOnce {

    private AtOnce() {}

    /** Takes the step with each, and returns when all have ended. */
    static <T> void forEach(Collection<T> all, Consumer<? super T> step) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(each -> threads.execute(() -> step.accept(each)));
        }
    }
}
