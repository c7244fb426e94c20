package dev.lifeline.poller.scene;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.KafkaBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** Reads {@code lifeline.connector.events} from where it ends now. For one thread. */
public final class EventTail implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Codec codec = new Codec();
    private final List<ConnectorEvent> events = new ArrayList<>();
    private int untraced;

    public EventTail(KafkaBackend kafka) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.CONNECTOR_EVENTS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** All events of a user that have come up to now, in order. */
    public List<ConnectorEvent> of(UUID userId) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
            if (CloudEvent.header(record.headers(), CloudEvent.TRACEPARENT_HEADER) == null) {
                untraced++;
            }
            String type = CloudEvent.header(record.headers(), CloudEvent.TYPE_HEADER);
            codec.decode(String.valueOf(type), record.value()).ifPresent(event -> events.add((ConnectorEvent) event));
        }
        return events.stream().filter(event -> event.userId().equals(userId)).toList();
    }

    /** Waits for an event of a type about a user. */
    public <E extends ConnectorEvent> E await(UUID userId, Class<E> type, Predicate<E> which) {
        return Awaitility.await()
                .alias(type.getSimpleName() + " of " + userId)
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> of(userId).stream()
                                .filter(type::isInstance)
                                .map(type::cast)
                                .filter(which)
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    public <E extends ConnectorEvent> E await(UUID userId, Class<E> type) {
        return await(userId, type, event -> true);
    }

    /** How many events belong to no trace. */
    public int untraced() {
        return untraced;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
