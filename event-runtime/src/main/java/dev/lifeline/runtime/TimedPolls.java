package dev.lifeline.runtime;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka consumer that does something before each poll, and whose polls end. What Spring and Kafka's client do themselves
 * about time that passes goes by the host's clock: when that is set back, idle events stay away, and a poll that is under way
 * goes on, for as long as the clock needs to come to where it was.
 */
final class TimedPolls {

    /** Polls are much shorter. */
    private static final long LATE_SECONDS = 1;

    private TimedPolls() {}

    @SuppressWarnings("unchecked")
    static <K, V> Consumer<K, V> of(Consumer<K, V> consumer, Runnable before) {
        return (Consumer<K, V>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("poll")) {
                        return invoke(consumer, method, arguments);
                    }
                    before.run();
                    CompletableFuture<Void> polled = new CompletableFuture<>();
                    polled.orTimeout(LATE_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
                        consumer.wakeup();
                        return null;
                    });
                    try {
                        return invoke(consumer, method, arguments);
                    } finally {
                        polled.complete(null);
                    }
                });
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
