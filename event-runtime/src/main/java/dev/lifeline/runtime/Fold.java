package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a topic into rows, exactly once. A bean of this type is all that a service needs: {@link FoldRunner} runs it.
 *
 * <p>What a fold writes, how far it has read and what it wants published become durable in <em>one</em> transaction. So a
 * fold has nothing to do about crashes, duplicates from Kafka or rebalances: whatever it did in a transaction that did not
 * commit has not happened, and the same records come again.
 *
 * <p>The service's schema needs the two tables of {@code classpath:dev/lifeline/runtime/tables.sql}; the service's first
 * Flyway migration is to contain them verbatim. They are addressed without a schema name, through the search path of the
 * service's {@code DataSource}.
 *
 * @param <M> the family of messages on the topic
 */
public interface Fold<M extends Message> {

    /** The name in {@code projection_offset.projection}, and the consumer group's. Never changes. */
    String name();

    /** The topic that is folded. */
    Topic topic();

    /** What lies on the topic. A record that is another family's is dead-lettered. */
    Class<M> family();

    /**
     * For how long records gather after a batch before the next is folded. A transaction costs for one record nearly what it
     * does for fifty; what comes after a quiet moment is folded at once.
     */
    default Duration gathers() {
        return Duration.ZERO;
    }

    /**
     * Folds some records of <em>one</em> partition, in the order of the log. Calls for one partition never overlap; calls
     * for different partitions may, on several threads.
     *
     * <p>Throwing {@link SQLException} of the kind that passes (the database is away, a deadlock), or {@link
     * TransientFailureException}: everything is rolled back and tried again, for ever, backing off. Throwing anything else:
     * everything is rolled back, the records are folded one by one, and the one that fails alone goes to the dead letters.
     * So a fold must not keep in memory what it did in a transaction, unless it can tell that it has not committed.
     *
     * @param batch at least one record
     * @param tx the open transaction, which the runner commits or rolls back; the fold does neither, and does not close it
     * @return what is to be published once the transaction has committed, in that order
     */
    List<Outgoing> fold(List<Received<M>> batch, Connection tx) throws SQLException;

    /**
     * Whether keys of the topic end with a record without a value, as on compacted topics. A fold of which this is true
     * hears of it through {@link #forget}; for any other such a record can not be read.
     */
    default boolean forgets() {
        return false;
    }

    /**
     * Whether a record of a type that is not known, as that of a later release is, is passed over. Where it is not, it goes to
     * the dead letters, and {@link #buried} hears of it.
     */
    default boolean passesOverUnknown() {
        return true;
    }

    /**
     * Forgets keys that have ended, in the transaction of the batch and before {@link #fold}. What the same batch brings
     * under one of these keys before its end is not folded, and a key that it brings back after its end is not named here.
     *
     * @param keys each once
     */
    default void forget(List<String> keys, Connection tx) throws SQLException {}

    /**
     * Hears of a record that goes to the dead letters, in the transaction that moves the offset behind it, after all before it
     * and before all behind it: for folds that must know that there is something they do not know.
     *
     * @param at where it lies
     * @param key its key; absent when it has none
     * @param reason what is wrong with it, without what it says
     * @return what is to be published
     */
    default List<Outgoing> buried(SourcePosition at, @Nullable String key, String reason, Connection tx)
            throws SQLException {
        return List.of();
    }

    /**
     * Lets time pass: called about every half second for each partition that this instance owns and that it has read to the
     * end, under the same discipline as {@link #fold}: never at the same time for the same partition, in a transaction that
     * fails for an instance which has lost the partition.
     *
     * @param partition the partition
     * @param caughtUpAt by the database's clock, when this partition was last seen read to its end: everything that the
     *     broker appended before has been folded
     */
    default List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) throws SQLException {
        return List.of();
    }
}
