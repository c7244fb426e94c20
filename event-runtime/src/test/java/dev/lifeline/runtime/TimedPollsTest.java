package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.testing.Backends;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class TimedPollsTest {

    /** One with a minute's time stands for one whose time does not pass. */
    @Test
    @Timeout(30)
    void a_poll_that_does_not_end_is_ended_and_the_next_goes_on() {
        try (Scene scene = new Scene();
                Consumer<byte[], byte[]> plain = scene.runtime.clients().reader(100)) {
            AtomicInteger before = new AtomicInteger();
            Consumer<byte[], byte[]> consumer = TimedPolls.of(plain, before::incrementAndGet);
            TopicPartition partition = new TopicPartition(scene.events.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);

            assertThatThrownBy(() -> consumer.poll(Duration.ofMinutes(1))).isInstanceOf(WakeupException.class);

            assertThat(consumer.poll(Duration.ofMillis(10))).isEmpty();
            assertThat(before).hasValue(2);
        }
    }

    /** Kafka keeps the wake-up for whatever waits next. */
    @Test
    @Timeout(30)
    void what_ends_a_poll_ends_nothing_else_when_it_comes_as_that_ends() {
        TopicPartition partition = new TopicPartition("events", 0);
        Consumer<byte[], byte[]> consumer = TimedPolls.of(endingAsItIsWoken(), () -> {}, Duration.ofMillis(1));

        assertThat(consumer.poll(Duration.ofSeconds(10))).isEmpty();

        assertThat(consumer.position(partition)).isEqualTo(7);
    }

    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> endingAsItIsWoken() {
        CountDownLatch woken = new CountDownLatch(1);
        AtomicBoolean kept = new AtomicBoolean();
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "wakeup" -> {
                        kept.set(true);
                        woken.countDown();
                        yield null;
                    }
                    case "poll" -> {
                        woken.await();
                        yield ConsumerRecords.empty();
                    }
                    case "position" -> {
                        if (kept.getAndSet(false)) {
                            throw new WakeupException();
                        }
                        yield 7L;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
