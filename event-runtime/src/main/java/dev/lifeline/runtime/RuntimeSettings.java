package dev.lifeline.runtime;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the runtime is set: {@code lifeline.runtime.*}. How Kafka is reached is {@code spring.kafka.*}.
 *
 * @param topics how topics are created
 * @param foldThreads how many threads each fold has, each with its share of the partitions and a database connection while it
 *     folds; at most one a partition is of use
 * @param maxPollRecords how many records one transaction may fold
 * @param tickInterval how often the time passes for a fold, and the heartbeat of its partitions is written; at most
 *     {@code 1s}, for what is shown as current is old otherwise
 * @param maxBackOff how long at most to wait between two tries while a store is away
 * @param patience how long a partition may be behind, or a store away, before readiness says so
 */
@ConfigurationProperties("lifeline.runtime")
public record RuntimeSettings(
        @DefaultValue TopicSettings topics,
        @DefaultValue("1") int foldThreads,
        @DefaultValue("5000") int maxPollRecords,
        @DefaultValue("500ms") Duration tickInterval,
        @DefaultValue("5s") Duration maxBackOff,
        @DefaultValue("10s") Duration patience) {

    public RuntimeSettings {
        atLeast("fold-threads", foldThreads, 1);
        atLeast("max-poll-records", maxPollRecords, 1);
        atLeast("tick-interval (ms)", tickInterval.toMillis(), 10);
        atLeast("max-back-off (ms)", maxBackOff.toMillis(), 100);
        atLeast("patience (ms)", patience.toMillis(), 1_000);
    }

    /**
     * How topics are created.
     *
     * @param create whether a service creates the topics that are missing, which takes the right to do so; else it waits for
     *     them
     * @param partitions how many partitions each gets; never changed afterwards
     * @param replication how many copies; {@code -1}: as the cluster is set
     */
    public record TopicSettings(
            @DefaultValue("true") boolean create,
            @DefaultValue("4") int partitions,
            @DefaultValue("-1") short replication) {

        public TopicSettings {
            atLeast("topics.partitions", partitions, 1);
        }
    }

    /** The defaults. */
    public static RuntimeSettings defaults() {
        return new RuntimeSettings(
                new TopicSettings(true, 4, (short) -1),
                1,
                5_000,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "lifeline.runtime." + name + " is " + value + "; it must be at least " + least);
        }
    }
}
