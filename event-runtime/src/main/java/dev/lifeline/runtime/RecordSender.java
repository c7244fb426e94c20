package dev.lifeline.runtime;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.ProducerFactory;

/** Sends records, and tells when Kafka has acknowledged them. Thread-safe; one producer serves all. */
final class RecordSender implements AutoCloseable {

    private final ProducerFactory<byte[], byte[]> producers;

    RecordSender(ProducerFactory<byte[], byte[]> producers) {
        this.producers = producers;
    }

    /**
     * Sends a record behind those that were sent to its partition before. Completes once Kafka has acknowledged it, or
     * exceptionally with {@link PublishFailedException}.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback says the same
    CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> unsent) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            producers.createProducer().send(unsent, (at, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(failed(unsent.topic(), failure));
                }
            });
        } catch (KafkaException e) {
            acknowledged.completeExceptionally(failed(unsent.topic(), e));
        }
        return acknowledged;
    }

    /**
     * How many partitions a topic has.
     *
     * @throws PublishFailedException when Kafka does not say
     */
    int partitions(String topic) {
        try {
            return producers.createProducer().partitionsFor(topic).size();
        } catch (KafkaException e) {
            throw failed(topic, e);
        }
    }

    @Override
    public void close() {
        producers.reset();
    }

    private static PublishFailedException failed(String topic, Exception cause) {
        return new PublishFailedException("Kafka has not acknowledged a record on " + topic, cause);
    }
}
