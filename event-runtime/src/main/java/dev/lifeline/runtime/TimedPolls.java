package dev.lifeline.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka consumer that does something before each poll, and whose polls end. What Spring and Kafka's client do themselves
 * about time that passes goes by the host's clock: when that is set back, idle events stay away, and a poll that is under way
 * goes on, for as long as the clock needs to come to where it was.
 */
final class TimedPolls implements InvocationHandler {

    /** Polls are much shorter, unless the machine is very busy. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final Runnable before;
    private final Duration late;
    private volatile boolean woken;

    private TimedPolls(Consumer<?, ?> consumer, Runnable before, Duration late) {
        this.consumer = consumer;
        this.before = before;
        this.late = late;
    }

    static <K, V> Consumer<K, V> of(Consumer<K, V> consumer, Runnable before) {
        return of(consumer, before, LATE);
    }

    /** @param late after how long a poll is ended */
    @SuppressWarnings("unchecked")
    static <K, V> Consumer<K, V> of(Consumer<K, V> consumer, Runnable before, Duration late) {
        return (Consumer<K, V>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                new TimedPolls(consumer, before, late));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
        return method.getName().equals("poll") ? poll(method, arguments) : other(method, arguments);
    }

    private @Nullable Object poll(Method method, @Nullable Object[] arguments) throws Throwable {
        before.run();
        CompletableFuture<Void> polled = new CompletableFuture<>();
        polled.orTimeout(late.toNanos(), TimeUnit.NANOSECONDS).exceptionally(isLate -> {
            woken = true;
            consumer.wakeup();
            return null;
        });
        try {
            return call(method, arguments);
        } catch (WakeupException e) {
            woken = false;
            throw e;
        } finally {
            polled.complete(null);
        }
    }

    /** What was to end a poll may come when that has just ended; it must end nothing else. */
    private @Nullable Object other(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return call(method, arguments);
        } catch (WakeupException e) {
            if (!woken) {
                throw e;
            }
            woken = false;
            return call(method, arguments);
        }
    }

    private @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(consumer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
