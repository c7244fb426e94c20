package dev.lifeline.runtime;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * A Kafka consumer that does something before each poll, and whose polls end. What Spring and Kafka's client do themselves
 * about time that passes goes by the host's clock: when that is set back, idle events stay away, and a poll that is under way
 * goes on, for as long as the clock needs to come to where it was.
 */
final class TimedPolls {

    /** Polls are much shorter. */
    private static final Executor LATE = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private TimedPolls() {}

    @SuppressWarnings("unchecked")
    static <K, V> Consumer<K, V> of(Consumer<K, V> consumer, Runnable before) {
        return (Consumer<K, V>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    boolean poll = method.getName().equals("poll");
                    if (poll) {
                        before.run();
                    }
                    CompletableFuture<?> end =
                            poll ? CompletableFuture.runAsync(consumer::wakeup, LATE) : new CompletableFuture<>();
                    try {
                        return method.invoke(consumer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        end.cancel(false);
                    }
                });
    }
}
