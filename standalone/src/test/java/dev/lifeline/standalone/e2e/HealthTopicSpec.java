package dev.lifeline.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody with kcat and no password sees: the health of every connector, as CloudEvents, and nothing else. */
@ExtendWith(Lifelines.class)
class HealthTopicSpec {

    private static final String GMAIL = "11111111-1111-4111-8111-111111111111/gmail";

    @Test
    void anybody_on_this_machine_reads_the_health_topic(Running lifeline) {
        try (Consumer<String, String> stranger = stranger(lifeline)) {
            ConsumerRecord<String, String> health = latest(stranger, GMAIL);
            assertThat(header(health, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(health, "ce_type")).isEqualTo("lifeline.connector-health-changed.v1");
            assertThat(header(health, "ce_subject")).isEqualTo(GMAIL);
            assertThat(header(health, "content-type")).startsWith("application/json");
            assertThat(health.headers().lastHeader("ce_id")).isNotNull();
            assertThat(health.headers().lastHeader("ce_source")).isNotNull();
            assertThat(health.value()).contains("\"connectorName\":\"gmail\"").doesNotContain("alice@example.org");
        }
    }

    @Test
    void and_nothing_else(Running lifeline) {
        for (Topic topic : List.of(Topics.CONNECTOR_EVENTS, Topics.CONNECTOR_COMMANDS)) {
            try (Consumer<String, String> stranger = stranger(lifeline)) {
                stranger.assign(List.of(new TopicPartition(topic.name(), 0)));
                assertThatThrownBy(() -> stranger.poll(Duration.ofSeconds(10)))
                        .isInstanceOf(TopicAuthorizationException.class);
            }
        }
    }

    /** The newest of that key, once there is one: a connector's health follows its first poll. */
    private static ConsumerRecord<String, String> latest(Consumer<String, String> consumer, String key) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.CONNECTOR_HEALTH.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
            }
            return found.stream().anyMatch(health -> key.equals(health.key()));
        });
        return found.stream()
                .filter(health -> key.equals(health.key()))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static Consumer<String, String> stranger(Running lifeline) {
        return new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, lifeline.up().outsideKafka()),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static String header(ConsumerRecord<String, String> health, String name) {
        Header header = health.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
