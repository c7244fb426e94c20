package dev.lifeline.bench.fold;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A limit: the records read and bound to events by one thread, and nothing done with them. */
final class ConsumeAndDecode implements Contestant {

    @Override
    public String name() {
        return "bare consume and decode, one thread";
    }

    @Override
    public double run(Arena arena, Workload workload) throws Exception {
        Topic topic = arena.topicOf(workload);
        Codec codec = new Codec();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                arena.bootstrapServers(),
                "max.poll.records",
                5_000,
                "max.partition.fetch.bytes",
                8 * 1024 * 1024);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = arena.partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            int total = workload.events();
            int done = 0;
            int first = 0;
            long begin = 0;
            while (done < total) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    String type = String.valueOf(CloudEvent.header(record.headers(), CloudEvent.TYPE_HEADER));
                    done += codec.decode(type, record.value()).isPresent() ? 1 : 0;
                }
                if (begin == 0 && done > 0) {
                    begin = System.nanoTime();
                    first = done;
                }
            }
            return (total - first) * 1e9 / (System.nanoTime() - begin);
        }
    }
}
