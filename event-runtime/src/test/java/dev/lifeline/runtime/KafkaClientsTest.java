package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {

    @Test
    void publishing_takes_as_long_at_most_as_the_producer_is_set() {
        assertThat(longestPublish(Map.of())).isEqualTo(Duration.ofSeconds(20));
        assertThat(longestPublish(
                        Map.of("max.block.ms", "1000", "request.timeout.ms", "2000", "delivery.timeout.ms", "2500")))
                .isEqualTo(Duration.ofMillis(4_500));
    }

    @Test
    void a_producer_that_would_give_up_before_it_has_asked_is_refused() {
        assertThatThrownBy(() -> longestPublish(Map.of("delivery.timeout.ms", "4000")))
                .hasMessageContainingAll("delivery.timeout.ms is 4000", "linger.ms", "request.timeout.ms", "5000");
    }

    private static Duration longestPublish(Map<String, Object> producer) {
        Map<String, Object> settings = new HashMap<>(producer);
        settings.put("bootstrap.servers", "127.0.0.1:1");
        return new KafkaClients(settings, Map.of(), Map.of()).longestPublish();
    }

    @Test
    void a_broker_whose_name_is_not_known_yet_is_one_that_is_away() {
        TopicCreation topics = new TopicCreation(
                KafkaClients.of("kafka.invalid:9092"),
                RuntimeSettings.defaults().topics());

        assertThatThrownBy(() -> topics.ensure(List.of(Topics.CONNECTOR_EVENTS)))
                .isInstanceOf(TransientFailureException.class)
                .hasMessage("can not find Kafka at kafka.invalid:9092");
    }
}
