package dev.lifeline.poller.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.RuntimeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KafkaEventLogTest {

    @Test
    void a_log_that_has_leaders_and_takes_nothing_is_tried_ever_less_often() {
        Map<String, Object> nobody = Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", 50);
        try (EventRuntime runtime = new EventRuntime(
                "test",
                new KafkaClients(nobody, nobody, nobody),
                RuntimeSettings.defaults(),
                new SimpleMeterRegistry(),
                ObservationRegistry.NOOP,
                Clock.systemUTC())) {
            KafkaEventLog log = new KafkaEventLog(runtime.publisher(), topic -> true);
            assertThat(log.isReachable()).isTrue();

            refuses(log);
            await().atMost(Duration.ofSeconds(3)).until(log::isReachable);

            refuses(log);
            await().between(Duration.ofSeconds(3), Duration.ofSeconds(6)).until(log::isReachable);
        }
    }

    private static void refuses(KafkaEventLog log) {
        UUID id = new UUID(1, 1);
        assertThatThrownBy(() ->
                        log.publish(new ConnectorPolled(id, "gmail", "sandbox", id, 1, 1, 0, Duration.ofSeconds(5), 0)))
                .isInstanceOf(UnavailableException.class);
    }
}
