package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out where a fold reads on in a partition, and whether it can. */
final class Positions<M extends Message> {

    private static final Logger log = LoggerFactory.getLogger(Positions.class);

    private final Fold<M> fold;
    private final FoldTransaction<M> transaction;
    private final OutboxRelay relay;
    private final LogRange range;

    Positions(Fold<M> fold, FoldTransaction<M> transaction, OutboxRelay relay, LogRange range) {
        this.fold = fold;
        this.transaction = transaction;
        this.relay = relay;
        this.range = range;
    }

    /**
     * Seeks the stored offset and begins to fold, or halts the partition where that is not in the log. A fold that has no
     * stored offsets yet gets one for every partition: where the log begins.
     */
    void find(FoldedPartition partition, Consumer<?, ?> consumer) throws SQLException {
        TopicPartition at = partition.partition();
        LogRange.Bounds bounds = range.of(at, consumer);
        long stored = transaction.stored(at).orElse(-1);
        if (stored == -1) {
            transaction.begin(range.beginnings(at.topic(), consumer));
            stored = transaction.stored(at).orElse(bounds.first());
        }
        if (bounds.contain(stored)) {
            consumer.seek(at, stored);
            consumer.resume(List.of(at));
            partition.fold(stored);
            relay.own(at);
            log.info(
                    "{} reads {} from {}; the log goes from {} to {}",
                    fold.name(),
                    at,
                    stored,
                    bounds.first(),
                    bounds.end());
        } else if (!partition.halted()) {
            partition.halt();
            log.error(bounds.remedy(fold.name(), at, stored));
        }
    }
}
