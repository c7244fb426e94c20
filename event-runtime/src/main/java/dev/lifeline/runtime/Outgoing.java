package dev.lifeline.runtime;

import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Fold} wants published after its transaction has committed. It waits in the table {@code outbox} until Kafka
 * has acknowledged it, and may be published more than once; {@link #id()} tells repeats.
 *
 * @param userId whom it concerns; decides the partition
 * @param topic where it goes
 * @param key the record's key
 * @param type the name under which it travels, of a tombstone too
 * @param message the value; absent: a tombstone
 * @param cause the record that caused it; its trace is continued
 * @param ordinal tells apart what one record causes on one topic
 */
public record Outgoing(
        UUID userId,
        Topic topic,
        String key,
        String type,
        @Nullable Message message,
        SourcePosition cause,
        int ordinal) {

    /** A message, to its own topic, under its own key. */
    public static Outgoing of(Message message, SourcePosition cause, int ordinal) {
        return new Outgoing(
                message.userId(), Topics.of(message), message.key(), Codec.typeOf(message), message, cause, ordinal);
    }

    /**
     * The end of a key on a compacted topic.
     *
     * @param type the type of the messages under that key, such as {@code lifeline.connector-health-changed.v1}
     */
    public static Outgoing tombstone(
            UUID userId, Topic topic, String key, String type, SourcePosition cause, int ordinal) {
        return new Outgoing(userId, topic, key, type, null, cause, ordinal);
    }

    /** The record's {@code ce_id}: the same cause, topic and ordinal give the same id, however often it is derived. */
    public UUID id() {
        String name =
                cause.topic() + '/' + cause.partition() + '/' + cause.offset() + '/' + topic.name() + '/' + ordinal;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
