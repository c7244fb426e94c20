package dev.lifeline.runtime;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.Topics;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Puts messages on their topics: as CloudEvents, under their key, in the partition of their user ({@link
 * Topics#partitionOf}), in the order in which they are handed over.
 *
 * <p>Published is what all in-sync replicas have ({@code acks=all}), and the client's own retries neither repeat nor reorder
 * (idempotent producer). The trace of the caller goes along in the header {@code traceparent}.
 *
 * <p>Thread-safe.
 */
public final class Publisher {

    private final KafkaTemplate<String, byte[]> kafka;
    private final Codec codec;
    private final URI source;
    private final Clock clock;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();

    /** @param source who publishes, the messages' {@code ce_source} */
    public Publisher(KafkaTemplate<String, byte[]> kafka, Codec codec, URI source, Clock clock) {
        this.kafka = kafka;
        this.codec = codec;
        this.source = source;
        this.clock = clock;
    }

    /**
     * Publishes, and waits until Kafka has acknowledged it.
     *
     * @throws PublishFailedException when it has not, in time; may be tried again
     */
    public void publish(Message message) {
        try {
            publishAsync(message).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PublishFailedException failed
                    ? new PublishFailedException(String.valueOf(failed.getMessage()), failed)
                    : e;
        }
    }

    /**
     * Publishes; what is handed over first lies first in the log. Completes once Kafka has acknowledged it, or exceptionally
     * with {@link PublishFailedException}. Blocks only while nothing is known of the topic.
     */
    public CompletableFuture<Void> publishAsync(Message message) {
        String topic = Topics.of(message).name();
        CloudEvent envelope = new CloudEvent(
                UUID.randomUUID().toString(), Codec.typeOf(message), source, clock.instant(), message.key(), null);
        try {
            int partition = Topics.partitionOf(message.userId(), partitions(topic));
            return send(topic, partition, message.key(), codec.encode(message), envelope);
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(failed(topic, message.key(), e));
        }
    }

    private CompletableFuture<Void> send(
            String topic, int partition, String key, byte @Nullable [] value, CloudEvent envelope) {
        ProducerRecord<String, byte[]> unsent = new ProducerRecord<>(topic, partition, key, value);
        envelope.writeTo(unsent.headers());
        return kafka.send(unsent).handle((sent, failure) -> {
            if (failure != null) {
                throw failed(topic, key, failure);
            }
            return null;
        });
    }

    private int partitions(String topic) {
        return partitions.computeIfAbsent(
                topic, name -> kafka.partitionsFor(name).size());
    }

    private static PublishFailedException failed(String topic, String key, Throwable cause) {
        return new PublishFailedException("not acknowledged by Kafka: " + key + " on " + topic, cause);
    }
}
