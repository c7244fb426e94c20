package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.UnreadableMessageException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the messages of one family from records, and trusts nothing. */
final class RecordReader<M extends Message> {

    private final Codec codec;
    private final Class<M> family;

    RecordReader(Codec codec, Class<M> family) {
        this.codec = codec;
        this.family = family;
    }

    /**
     * The message of a record; empty when its type is not known, as that of a later release is.
     *
     * @throws UnreadableMessageException when it is none; trying again does not help
     */
    Optional<Received<M>> read(ConsumerRecord<byte[], byte[]> record) {
        String type = CloudEvent.header(record.headers(), CloudEvent.TYPE_HEADER);
        if (type == null) {
            throw new UnreadableMessageException("no header " + CloudEvent.TYPE_HEADER);
        }
        if (record.value() == null) {
            throw new UnreadableMessageException("a " + type + " without a value");
        }
        return codec.decode(type, record.value()).map(message -> received(record, type, message));
    }

    private Received<M> received(ConsumerRecord<byte[], byte[]> record, String type, Message message) {
        if (!family.isInstance(message)) {
            throw new UnreadableMessageException("a " + type + " does not belong on " + record.topic());
        }
        if (!Arrays.equals(message.key().getBytes(UTF_8), record.key())) {
            throw new UnreadableMessageException("the key is not that of the message, " + message.key());
        }
        SourcePosition at = new SourcePosition(record.topic(), record.partition(), record.offset());
        return new Received<>(at, Instant.ofEpochMilli(record.timestamp()), family.cast(message));
    }
}
