package dev.lifeline.runtime;

import dev.lifeline.events.UnreadableMessageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a fold's transaction does beside its rows and its offset. Live, that is the outbox and the dead letters ({@link
 * LiveEffects}); a {@link Replay} has none but counting, for all of it has happened before.
 */
interface Effects {

    /** A record that can not be read. */
    record Poison(ConsumerRecord<byte[], byte[]> record, UnreadableMessageException reason) {}

    /**
     * Has what the transaction caused published once it has committed.
     *
     * @param records what was folded, in the order of the log
     */
    void publish(
            Connection tx, TopicPartition source, List<Outgoing> caused, List<ConsumerRecord<byte[], byte[]>> records)
            throws SQLException;

    /** Sends records that can not be read to the dead letters; returns once they are there. */
    void bury(List<Poison> dead);

    /** Sends a record on which the fold fails to the dead letters; returns once it is there. */
    void bury(ConsumerRecord<byte[], byte[]> dead, Exception reason);
}
