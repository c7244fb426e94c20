package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.Topics;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

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

    private final RecordSender sender;
    private final Codec codec;
    private final URI source;
    private final Clock clock;
    private final ObservationRegistry observations;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();

    Publisher(RecordSender sender, Codec codec, URI source, Clock clock, ObservationRegistry observations) {
        this.sender = sender;
        this.codec = codec;
        this.source = source;
        this.clock = clock;
        this.observations = observations;
    }

    /**
     * Publishes, and waits until Kafka has acknowledged it.
     *
     * @throws PublishFailedException when it has not, in time; may be tried again
     */
    public void publish(Message message) {
        await(publishAsync(message));
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
            return send(topic, partitionOf(message.userId(), topic), codec.encode(message), envelope);
        } catch (PublishFailedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Publishes what has waited in the outbox, in the trace of what caused it. */
    CompletableFuture<Void> publishAsync(OutboxRecord record, Instant createdAt) {
        CloudEvent envelope = new CloudEvent(
                record.eventId().toString(), record.type(), source, createdAt, record.key(), record.traceparent());
        ReceiverContext<OutboxRecord> cause = new ReceiverContext<>(
                (carrier, name) -> CloudEvent.TRACEPARENT_HEADER.equals(name) ? carrier.traceparent() : null);
        cause.setCarrier(record);
        return Observation.createNotStarted("lifeline.relay", () -> cause, observations)
                .observe(() -> send(record.topic(), record.partition(), record.value(), envelope));
    }

    /** The header {@code traceparent} of what is going on in this thread; absent where nobody traces. */
    @Nullable
    String traceparent() {
        Headers headers = new RecordHeaders();
        Observation.createNotStarted("lifeline.append", () -> sending(headers), observations)
                .observe(() -> {});
        return CloudEvent.header(headers, CloudEvent.TRACEPARENT_HEADER);
    }

    /**
     * The partition of a user on a topic, which has as many as Kafka says. Blocks only while nothing is known of the topic.
     *
     * @throws PublishFailedException when Kafka does not say; may be tried again
     */
    public int partitionOf(UUID userId, String topic) {
        return Topics.partitionOf(userId, partitions.computeIfAbsent(topic, sender::partitions));
    }

    /** Waits for what was published. */
    static void await(CompletableFuture<?> published) {
        try {
            published.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PublishFailedException failed) {
                throw new PublishFailedException(String.valueOf(failed.getMessage()), failed.getCause());
            }
            throw e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the caller gets it
    private CompletableFuture<Void> send(String topic, int partition, byte @Nullable [] value, CloudEvent envelope) {
        String key = envelope.subject();
        ProducerRecord<byte[], byte[]> unsent = new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value);
        envelope.writeTo(unsent.headers());
        Observation sending = Observation.start("lifeline.publish", () -> sending(unsent.headers()), observations)
                .lowCardinalityKeyValue("topic", topic);
        CompletableFuture<Void> acknowledged = sender.send(unsent);
        acknowledged.whenComplete((nothing, failure) -> {
            if (failure != null) {
                sending.error(failure);
            }
            sending.stop();
        });
        return acknowledged;
    }

    private static SenderContext<Headers> sending(Headers headers) {
        SenderContext<Headers> context = new SenderContext<>(
                (carrier, name, value) -> {
                    if (carrier != null) {
                        carrier.remove(name).add(name, value.getBytes(UTF_8));
                    }
                },
                Kind.PRODUCER);
        context.setCarrier(headers);
        context.setRemoteServiceName("kafka");
        return context;
    }
}
