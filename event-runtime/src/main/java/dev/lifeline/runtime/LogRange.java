package dev.lifeline.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker where partitions begin and end. Throws Kafka's retriable exceptions when it does not answer in time. */
final class LogRange {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /**
     * The records that a partition has.
     *
     * @param first the offset of the oldest
     * @param end the offset that the next will have
     */
    record Bounds(long first, long end) {

        /** Whether one can read on from there without missing a record. */
        boolean contain(long offset) {
            return first <= offset && offset <= end;
        }

        /** What an operator must know when they do not contain a stored offset. */
        String remedy(String projection, TopicPartition partition, long stored) {
            return """
                    %1$s has HALTED %2$s-%3$d: the stored offset %4$d is not in the log, which goes from %5$d to %6$d. \
                    Nothing was skipped, and nothing more is folded of this partition. Either bring the log back, or rebuild \
                    the rows from the log, or accept that records are missing: UPDATE projection_offset SET next_offset = \
                    %5$d WHERE projection = '%1$s' AND topic = '%2$s' AND partition = %3$d. It then goes on by itself.\
                    """.formatted(projection, partition.topic(), partition.partition(), stored, first, end);
        }
    }

    Bounds of(TopicPartition partition, Consumer<?, ?> consumer) {
        Set<TopicPartition> one = Set.of(partition);
        Long first = consumer.beginningOffsets(one, TIMEOUT).get(partition);
        Long end = ends(one, consumer).get(partition);
        if (first == null || end == null) {
            throw new TransientFailureException("Kafka does not know " + partition, null);
        }
        return new Bounds(first, end);
    }

    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, Consumer<?, ?> consumer) {
        return consumer.endOffsets(partitions, TIMEOUT);
    }

    /** Where each partition of a topic begins. */
    Map<TopicPartition, Long> beginnings(String topic, Consumer<?, ?> consumer) {
        List<TopicPartition> all = consumer.partitionsFor(topic, TIMEOUT).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        return consumer.beginningOffsets(all, TIMEOUT);
    }
}
