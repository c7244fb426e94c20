package dev.lifeline.runtime;

import org.apache.kafka.common.TopicPartition;

/** Another instance has folded on: this one no longer owns the partition, and nothing that it does may commit. */
final class LostPartitionException extends RuntimeException {

    LostPartitionException(TopicPartition partition, long expected) {
        super(partition + " has been folded by another instance beyond offset " + expected);
    }
}
