package dev.lifeline.policy;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.Topic;
import dev.lifeline.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All that is in a topic, read on from where it was read to before. */
final class TopicReader implements AutoCloseable {

    private final Codec codec = new Codec();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<Message> read = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    TopicReader(Topic topic, int count) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        Backends.kafka().bootstrapServers(),
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        10),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        partitions = IntStream.range(0, count)
                .mapToObj(n -> new TopicPartition(topic.name(), n))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Each message once, those of a partition in its order; all that had been written when it was asked. */
    synchronized List<Message> read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                if (ids.add(header(record, CloudEvent.ID_HEADER))) {
                    codec.decode(header(record, CloudEvent.TYPE_HEADER), record.value())
                            .ifPresent(read::add);
                }
            }
        }
        return List.copyOf(read);
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return String.valueOf(CloudEvent.header(record.headers(), name));
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
