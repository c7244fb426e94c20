package dev.lifeline.poller.adapter.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Asks Kafka whether all partitions of a topic have a leader, which takes writes. Thread-safe. */
public final class TopicProbe implements Predicate<String>, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Object> configuration;
    private @Nullable Admin admin;

    /** @param configuration how to reach and authenticate at the brokers, in Kafka's own names */
    public TopicProbe(Map<String, Object> configuration) {
        Map<String, Object> patient = new HashMap<>(configuration);
        int millis = Math.toIntExact(PATIENCE.toMillis());
        patient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        patient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        patient.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        this.configuration = patient;
    }

    @Override
    public boolean test(String topic) {
        try {
            TopicDescription description = admin().describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(topic);
            return description != null
                    && description.partitions().stream()
                            .allMatch(partition -> partition.leader() != null
                                    && !partition.leader().isEmpty());
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Made when it is first asked: that fails while the name of no broker can be resolved. */
    private synchronized Admin admin() {
        Admin made = admin == null ? Admin.create(configuration) : admin;
        admin = made;
        return made;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(PATIENCE);
        }
    }
}
