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
 */
public record Topic(String name, String key, @Nullable Duration retention, boolean brokerTime) {

    /** The topic's configuration, in Kafka's own names. */
    public Map<String, String> configuration() {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, brokerTime ? "LogAppendTime" : "CreateTime");
        if (retention == null) {
            configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
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
