package dev.lifeline.events;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * A topic as it is to be created.
 *
 * @param name the name in Kafka
 * @param key what its records' keys are
 * @param retention how long a record is kept; absent: compacted, the newest record of each key is kept
 * @param brokerTime whether a record's time is when the broker appended it, rather than what its producer said
 * @param maxMessageBytes the largest batch of records that the broker takes, and so the largest record
 */
public record Topic(String name, String key, @Nullable Duration retention, boolean brokerTime, int maxMessageBytes) {

    /** The largest batch that topics take which say nothing else: what Kafka itself has as its default. */
    public static final int DEFAULT_MAX_MESSAGE_BYTES = 1024 * 1024 + 12;

    /** For how long a reader may be away and still hear of every key that has ended. */
    private static final Duration TOMBSTONES_KEPT = Duration.ofDays(30);

    /** A topic whose records may be as large as Kafka's default has it. */
    public Topic(String name, String key, @Nullable Duration retention, boolean brokerTime) {
        this(name, key, retention, brokerTime, DEFAULT_MAX_MESSAGE_BYTES);
    }

    /** The topic's configuration, in Kafka's own names. */
    public Map<String, String> configuration() {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, brokerTime ? "LogAppendTime" : "CreateTime");
        configuration.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
        if (retention == null) {
            configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            configuration.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(TOMBSTONES_KEPT.toMillis()));
        } else {
            configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
            configuration.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        }
        return configuration;
    }

    /** What Kafka's admin client creates. */
    public NewTopic creation(int partitions, short replication) {
        return new NewTopic(name, partitions, replication).configs(configuration());
    }
}
