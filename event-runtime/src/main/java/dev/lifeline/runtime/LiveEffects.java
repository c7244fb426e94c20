package dev.lifeline.runtime;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The outbox, and the dead letters. */
final class LiveEffects implements Effects {

    private final Topic topic;
    private final Outbox outbox;
    private final Codec codec;
    private final Publisher publisher;
    private final DeadLetters deadLetters;

    LiveEffects(Fold<?> fold, EventRuntime runtime) {
        this.topic = fold.topic();
        this.outbox = new Outbox(fold.name());
        this.codec = runtime.codec();
        this.publisher = runtime.publisher();
        this.deadLetters = runtime.deadLetters();
    }

    @Override
    public void publish(
            Connection tx, TopicPartition source, List<Outgoing> caused, List<ConsumerRecord<byte[], byte[]>> records)
            throws SQLException {
        outbox.append(tx, source, unsent(caused, records));
    }

    @Override
    public void bury(List<Poison> dead) {
        CompletableFuture<?>[] sent = dead.stream()
                .map(poison -> deadLetters.send(topic, poison.record(), DeadLetters.Stage.DECODE, poison.reason()))
                .toArray(CompletableFuture<?>[]::new);
        Publisher.await(CompletableFuture.allOf(sent));
    }

    @Override
    public void bury(ConsumerRecord<byte[], byte[]> dead, Exception reason) {
        Publisher.await(deadLetters.send(topic, dead, DeadLetters.Stage.FOLD, reason));
    }

    private List<OutboxRecord> unsent(List<Outgoing> caused, List<ConsumerRecord<byte[], byte[]>> records) {
        List<OutboxRecord> unsent = new ArrayList<>(caused.size());
        for (Outgoing outgoing : caused) {
            Message message = outgoing.message();
            String target = outgoing.topic().name();
            unsent.add(new OutboxRecord(
                    outgoing.id(),
                    target,
                    publisher.partitionOf(outgoing.userId(), target),
                    outgoing.key(),
                    outgoing.type(),
                    message == null ? null : codec.encode(message),
                    traceOf(outgoing.cause(), records)));
        }
        return unsent;
    }

    /** The trace of the record at that position; absent when it is not among these, which are in the order of the log. */
    private static @Nullable String traceOf(SourcePosition cause, List<ConsumerRecord<byte[], byte[]>> records) {
        int low = 0;
        int high = records.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            ConsumerRecord<byte[], byte[]> record = records.get(middle);
            if (record.offset() == cause.offset()) {
                return CloudEvent.header(record.headers(), CloudEvent.TRACEPARENT_HEADER);
            }
            if (record.offset() < cause.offset()) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }
}
