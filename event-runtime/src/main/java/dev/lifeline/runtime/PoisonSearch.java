package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folds records, and finds those among them on which the fold fails for good. */
final class PoisonSearch<M extends Message> {

    private static final Logger log = LoggerFactory.getLogger(PoisonSearch.class);

    private final Fold<M> fold;
    private final FoldTransaction<M> transaction;
    private final ObjIntConsumer<TopicPartition> appended;

    /** @param appended hears how many events each transaction put into the outbox, once it has committed */
    PoisonSearch(Fold<M> fold, FoldTransaction<M> transaction, ObjIntConsumer<TopicPartition> appended) {
        this.fold = fold;
        this.transaction = transaction;
        this.appended = appended;
    }

    /**
     * Folds the records in as few transactions as their order allows; when one of them can not be folded, by halves, until it
     * is found and gone to the dead letters. What passes is thrown; what was folded before it stays folded.
     */
    void fold(FoldedPartition partition, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        TopicPartition at = partition.partition();
        List<ConsumerRecord<byte[], byte[]>> left = records;
        try {
            while (!left.isEmpty()) {
                FoldTransaction.Done done = transaction.fold(at, partition.next(), left);
                partition.foldedTo(ProjectionOffsets.behind(left.get(done.records() - 1)));
                appended.accept(at, done.outgoing());
                left = left.subList(done.records(), left.size());
            }
        } catch (LostPartitionException lost) {
            throw lost;
        } catch (SQLException | RuntimeException e) {
            if (Failures.passing(e)) {
                throw e;
            }
            if (left.size() > 1) {
                int half = left.size() / 2;
                fold(partition, left.subList(0, half));
                fold(partition, left.subList(half, left.size()));
            } else {
                skip(partition, left.getFirst(), e);
            }
        }
    }

    private void skip(FoldedPartition partition, ConsumerRecord<byte[], byte[]> record, Exception reason)
            throws SQLException {
        log.error("{} can not fold {}@{}", fold.name(), partition.partition(), record.offset(), reason);
        int outgoing = transaction.skip(partition.partition(), partition.next(), record, reason);
        partition.foldedTo(ProjectionOffsets.behind(record));
        appended.accept(partition.partition(), outgoing);
    }
}
