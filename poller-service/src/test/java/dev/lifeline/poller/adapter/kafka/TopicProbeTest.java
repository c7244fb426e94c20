package dev.lifeline.poller.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicProbeTest {

    /** Else the service would not start while the brokers' names are not known yet. */
    @Test
    void a_broker_whose_name_can_not_be_resolved_is_away_and_no_mistake() {
        try (TopicProbe probe = new TopicProbe(Map.of("bootstrap.servers", "broker.invalid:9092"))) {
            assertThat(probe.test("lifeline.connector.events")).isFalse();
            assertThat(probe.test("lifeline.connector.events")).isFalse();
        }
    }
}
