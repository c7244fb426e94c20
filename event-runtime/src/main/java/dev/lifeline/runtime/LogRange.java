package dev.lifeline.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker where partitions begin and end. It does so over a connection of its own: on that of a consumer, an answer
 * waits behind the fetch that waits for records, and comes with them, so that the end would never have been reached.
 */
final class LogRange implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final KafkaClients clients;
    private @Nullable Admin admin;

    LogRange(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * The records that a partition has.
     *
     * @param first the offset of the oldest
     * @param end the offset that the next will have
     * @param epoch the latest of which the log has a record; empty where the broker does not say
     */
    record Bounds(long first, long end, Optional<Integer> epoch) {

        /** Whether one can read on from there without missing a record, as far as these bounds tell. */
        boolean contain(OffsetAndMetadata stored) {
            return first <= stored.offset() && !endBefore(stored);
        }

        /** Whether the record before that offset is not in the log any more, whatever may stand in its place. */
        boolean endBefore(OffsetAndMetadata stored) {
            return stored.offset() > end
                    || epoch.isPresent() && stored.leaderEpoch().orElse(-1) > epoch.get();
        }

        /** What an operator must know when they do not contain a stored offset. */
        String remedy(String projection, TopicPartition partition, long stored) {
            return """
                    %1$s has HALTED %2$s-%3$d: the stored offset %4$d is not in the log, which goes from %5$d to %6$d, or it is \
                    of a log whose end is lost. Nothing was skipped, and nothing more is folded of this partition. Either bring \
                    the log back and start this service anew, or accept that records are missing: UPDATE projection_offset \
                    SET next_offset = %5$d WHERE projection = '%1$s' AND topic = '%2$s' AND partition = %3$d. It then goes on \
                    by itself, and the rows can be rebuilt from what the log has.\
                    """.formatted(projection, partition.topic(), partition.partition(), stored, first, end);
        }
    }

    /**
     * The bounds of each partition, as they are when the broker is asked. Each answer comes by itself, or ends with what Kafka
     * says when it does not come in time: a partition without a leader holds up no other.
     */
    Map<TopicPartition, CompletableFuture<Bounds>> of(Collection<TopicPartition> partitions) {
        ListOffsetsResult first = ask(partitions, OffsetSpec.earliest());
        ListOffsetsResult end = ask(partitions, OffsetSpec.latest());
        Map<TopicPartition, CompletableFuture<Bounds>> bounds = new HashMap<>();
        for (TopicPartition partition : partitions) {
            bounds.put(
                    partition,
                    answer(first, partition)
                            .thenCombine(
                                    answer(end, partition),
                                    (oldest, latest) ->
                                            new Bounds(oldest.offset(), latest.offset(), latest.leaderEpoch())));
        }
        return bounds;
    }

    /** Where each partition of a topic begins. */
    static Map<TopicPartition, Long> beginnings(String topic, Consumer<?, ?> consumer) {
        List<TopicPartition> all = consumer.partitionsFor(topic, TIMEOUT).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        return consumer.beginningOffsets(all, TIMEOUT);
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(TIMEOUT);
            admin = null;
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = clients.admin();
        }
        return admin;
    }

    private ListOffsetsResult ask(Collection<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, spec));
        return admin().listOffsets(wanted, new ListOffsetsOptions().timeoutMs((int) TIMEOUT.toMillis()));
    }

    private static CompletableFuture<ListOffsetsResultInfo> answer(ListOffsetsResult result, TopicPartition partition) {
        return result.partitionResult(partition).toCompletionStage().toCompletableFuture();
    }
}
