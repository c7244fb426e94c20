package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.testing.Backends;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class OutboxRelayTest {

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void what_waits_is_counted_while_its_partition_is_owned() {
        OutboxRelay relay = new OutboxRelay(
                "fold", new Transactions(scene.pool), scene.runtime, new FoldMeters(scene.meters, "fold"));
        TopicPartition kept = new TopicPartition(scene.events.name(), 0);
        TopicPartition given = new TopicPartition(scene.events.name(), 1);
        relay.own(kept);
        relay.own(given);

        relay.appended(kept, 2);
        relay.appended(given, 3);
        assertThat(depth()).isEqualTo(5);

        relay.disown(given);
        relay.appended(given, 1);
        assertThat(depth()).isEqualTo(2);
    }

    private double depth() {
        return scene.meters.get("lifeline.outbox.depth").gauge().value();
    }
}
