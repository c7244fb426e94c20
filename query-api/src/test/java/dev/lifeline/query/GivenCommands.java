package dev.lifeline.query;

import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The commands that are given from now on, as whoever carries them out reads them. */
public final class GivenCommands implements AutoCloseable {

    private static final Codec CODEC = new Codec();

    private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", Backends.kafka().bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer());

    public GivenCommands(Topic topic) {
        List<TopicPartition> partitions = IntStream.range(0, ReadModelTables.PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic.name(), number))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** The next, which has the key and lies in the partition of whom it is about. */
    public Message next() {
        ConsumerRecord<String, byte[]> given =
                consumer.poll(Duration.ofSeconds(10)).iterator().next();
        String type = new String(given.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        Message command = CODEC.decode(type, given.value()).orElseThrow();
        if (!given.key().equals(command.key())
                || given.partition() != Topics.partitionOf(command.userId(), ReadModelTables.PARTITIONS)) {
            throw new AssertionError(command + " lies under " + given.key() + " in " + given.partition());
        }
        return command;
    }

    /** Carries out the next command in its own way, while its giver waits. */
    public <C extends Message> CompletableFuture<C> answer(Class<C> type, Consumer<C> carryOut) {
        return CompletableFuture.supplyAsync(
                () -> {
                    C command = type.cast(next());
                    carryOut.accept(command);
                    return command;
                },
                task -> Thread.ofVirtual().start(task));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
