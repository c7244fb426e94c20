package dev.lifeline.testing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker without authentication, which creates no topics by mention. */
public interface KafkaBackend {

    /** Host and port, the same over {@link #stop()} and {@link #start()}. */
    String bootstrapServers();

    /** Takes the broker away: it refuses connections, or no longer answers. */
    void stop();

    /** Brings it back, with its data. */
    void start();

    /** An admin client, which the caller closes. */
    default Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Creates the topics that are missing; returns once they are there. */
    default void createTopics(Collection<NewTopic> topics) {
        try (Admin admin = admin()) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = topics.stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics could not be created: " + e.getMessage(), e);
        }
    }

    /** Deletes topics with their records; returns once they are gone. */
    default void deleteTopics(Collection<String> names) {
        try (Admin admin = admin()) {
            admin.deleteTopics(names).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while deleting topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics could not be deleted: " + e.getMessage(), e);
        }
    }
}
