package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.testing.Backends;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class FoldConsumerTest {

    private final Scene scene = new Scene();
    private final LogRange range = new LogRange(scene.runtime.clients());
    private final TopicPartition partition = new TopicPartition(scene.events.name(), 0);

    @AfterEach
    void close() {
        range.close();
        scene.close();
    }

    @Test
    void a_lost_end_that_is_told_when_the_position_is_asked_for_halts_the_partition() {
        scene.send(40);
        scene.database.execute("INSERT INTO projection_offset VALUES ('"
                + scene.fold().name() + "', '" + scene.events.name() + "', 0, 5)");
        AtomicBoolean tells = new AtomicBoolean();
        MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none") {
            @Override
            public synchronized long position(TopicPartition of, Duration timeout) {
                if (tells.getAndSet(false)) {
                    throw new LogTruncationException(Map.of(of, 5L), Map.of(of, new OffsetAndMetadata(3)));
                }
                return super.position(of, timeout);
            }
        };
        kafka.assign(List.of(partition));
        FoldConsumer<ConnectorEvent> consumer = consumer();
        consumer.onPartitionsAssigned(kafka, List.of(partition));
        Scene.eventually().until(() -> {
            consumer.beforePoll(kafka);
            return kafka.paused().isEmpty();
        });

        tells.set(true);

        Scene.eventually().untilAsserted(() -> {
            consumer.beforePoll(kafka);
            assertThat(consumer.complaints()).anyMatch(complaint -> complaint.contains("is halted"));
        });
    }

    private FoldConsumer<ConnectorEvent> consumer() {
        NotingFold fold = scene.fold();
        Transactions transactions = new Transactions(scene.pool);
        FoldMeters meters = new FoldMeters(scene.meters, "fold");
        return new FoldConsumer<>(
                fold,
                new FoldTransaction<>(
                        fold, transactions, new LiveEffects(fold, scene.runtime), scene.runtime.codec(), meters),
                new OutboxRelay("fold", transactions, scene.runtime, meters),
                range,
                scene.runtime.settings(),
                TimeUnit.MILLISECONDS::sleep);
    }
}
