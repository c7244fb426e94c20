package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.testing.Backends;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class TopicGateTest {

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_consumer_that_can_not_be_made_is_made_a_moment_later() {
        AtomicInteger tries = new AtomicInteger();
        TopicGate gate = new TopicGate("fold", scene.runtime, List.of(scene.events), () -> {
            if (tries.incrementAndGet() < 3) {
                throw new KafkaException("no such host");
            }
        });

        gate.open();

        Scene.eventually().until(gate::passed);
        assertThat(tries).hasValue(3);
        gate.close();
    }
}
