package dev.lifeline.testing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

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

    /**
     * Creates the topics that are missing; returns once each partition has a leader that answers. Before that a producer's
     * first batch can be refused and its second one taken, after which the first is out of order until it is given up.
     */
    default void createTopics(Collection<NewTopic> topics) {
        try (Admin admin = admin()) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = topics.stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
            awaitLeaders(
                    admin, missing.stream().flatMap(KafkaBackend::partitions).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics could not be created: " + e.getMessage(), e);
        }
    }

    private static void awaitLeaders(Admin admin, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        long givenUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException e) {
                if (System.nanoTime() > givenUp || !(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                Thread.sleep(20); // the broker has not heard of them yet
            }
        }
    }

    private static Stream<TopicPartition> partitions(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition));
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
