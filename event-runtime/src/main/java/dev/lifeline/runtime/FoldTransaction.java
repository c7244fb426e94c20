package dev.lifeline.runtime;

import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.UnreadableMessageException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one fold. Each begins by moving the stored offset from where its caller believes it to be, which locks
 * the row: of two who believe to own a partition one waits for the other, and then fails. Thread-safe.
 */
final class FoldTransaction<M extends Message> {

    private final Fold<M> fold;
    private final Transactions transactions;
    private final ProjectionOffsets offsets;
    private final Effects effects;
    private final RecordReader<M> reader;
    private final FoldMeters meters;

    FoldTransaction(Fold<M> fold, Transactions transactions, Effects effects, Codec codec, FoldMeters meters) {
        this.fold = fold;
        this.transactions = transactions;
        this.offsets = new ProjectionOffsets(fold.name());
        this.effects = effects;
        this.reader = new RecordReader<>(codec, fold.family());
        this.meters = meters;
    }

    /** Records, told apart by whether they can be read; what can not be lies before what is folded. */
    private record Batch<M extends Message>(
            List<ConsumerRecord<byte[], byte[]>> records,
            List<Received<M>> readable,
            Set<String> ended,
            List<Effects.Poison> poison,
            int unknown) {}

    /**
     * What a transaction did.
     *
     * @param records how many of those that it was given, from the first on
     * @param outgoing how many events were put into the outbox
     */
    record Done(int records, int outgoing) {}

    /**
     * Folds records that lie one behind the other in a partition, and moves its offset behind the last that it came to. Those
     * that can not be read go to the dead letters. It ends before the first of them that lies behind one that is folded, so
     * that a fold hears of everything in the order of the log; what is left is for the next transaction.
     *
     * @throws LostPartitionException when the stored offset is not {@code from}
     */
    Done fold(TopicPartition partition, long from, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        long start = System.nanoTime();
        Batch<M> batch = read(records);
        int outgoing = transactions.run(tx -> {
            offsets.advance(
                    tx,
                    partition,
                    from,
                    ProjectionOffsets.behind(batch.records().getLast()));
            effects.bury(batch.poison()); // while nothing is locked but the offset: it may take long
            List<Outgoing> caused = new ArrayList<>();
            for (Effects.Poison poison : batch.poison()) {
                caused.addAll(buried(poison.record(), poison.reason(), tx));
            }
            if (!batch.ended().isEmpty()) {
                fold.forget(List.copyOf(batch.ended()), tx);
            }
            if (!batch.readable().isEmpty()) {
                caused.addAll(fold.fold(batch.readable(), tx));
            }
            effects.publish(tx, partition, caused, batch.records());
            return caused.size();
        });
        meters.folded(batch.readable().size(), batch.unknown(), start);
        return new Done(batch.records().size(), outgoing);
    }

    /**
     * Sends a record that can not be folded to the dead letters, and moves the offset behind it.
     *
     * @return how many events were put into the outbox
     */
    int skip(TopicPartition partition, long from, ConsumerRecord<byte[], byte[]> record, Exception reason)
            throws SQLException {
        return transactions.run(tx -> {
            offsets.advance(tx, partition, from, ProjectionOffsets.behind(record));
            effects.bury(record, reason);
            List<Outgoing> caused = buried(record, reason, tx);
            effects.publish(tx, partition, caused, List.of(record));
            return caused.size();
        });
    }

    /**
     * Says that the partition was read to its end at that time, and lets the fold act on it.
     *
     * @return how many events were put into the outbox
     * @throws LostPartitionException when the stored offset is not {@code next}
     */
    int tick(TopicPartition partition, long next, Instant at) throws SQLException {
        return transactions.run(tx -> {
            Instant caughtUpAt = offsets.caughtUp(tx, partition, next, at);
            List<Outgoing> caused = fold.tick(partition.partition(), caughtUpAt, tx);
            effects.publish(tx, partition, caused, List.of());
            return caused.size();
        });
    }

    /**
     * Passes over records that are not to be folded.
     *
     * @throws LostPartitionException when the stored offset is not {@code from}
     */
    void pass(TopicPartition partition, long from, long to) throws SQLException {
        transactions.run(tx -> {
            offsets.advance(tx, partition, from, new OffsetAndMetadata(to));
            return to;
        });
    }

    /** Gives each partition that has no stored offset this one. */
    void begin(Map<TopicPartition, Long> beginnings) throws SQLException {
        transactions.run(tx -> {
            offsets.begin(tx, beginnings);
            return beginnings;
        });
    }

    /** The stored offset of a partition; empty where there is none. */
    Optional<OffsetAndMetadata> stored(TopicPartition partition) throws SQLException {
        return transactions.run(tx -> offsets.read(tx, partition));
    }

    /** The time by the database's clock. */
    Instant databaseTime() throws SQLException {
        return transactions.run((Connection tx) -> offsets.now(tx));
    }

    private Batch<M> read(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Received<M>> readable = new ArrayList<>(records.size());
        Set<String> ended = new LinkedHashSet<>();
        List<Effects.Poison> poison = new ArrayList<>();
        int unknown = 0;
        int come = 0;
        for (; come < records.size(); come++) {
            ConsumerRecord<byte[], byte[]> record = records.get(come);
            try {
                String key = keyOf(record);
                if (fold.forgets() && record.value() == null && key != null) {
                    readable.removeIf(earlier -> earlier.message().key().equals(key));
                    ended.add(key);
                    continue;
                }
                Received<M> received = reader.read(record).orElse(null);
                if (received == null && !fold.passesOverUnknown()) {
                    throw new UnreadableMessageException("its type is not known to this release");
                }
                if (received == null) {
                    unknown++;
                } else {
                    readable.add(received);
                    ended.remove(key);
                }
            } catch (UnreadableMessageException e) {
                if (!readable.isEmpty() || !ended.isEmpty()) {
                    break;
                }
                poison.add(new Effects.Poison(record, e));
            }
        }
        return new Batch<>(records.subList(0, come), readable, ended, poison, unknown);
    }

    private List<Outgoing> buried(ConsumerRecord<byte[], byte[]> record, Exception reason, Connection tx)
            throws SQLException {
        SourcePosition at = new SourcePosition(record.topic(), record.partition(), record.offset());
        return fold.buried(at, keyOf(record), String.valueOf(reason.getMessage()), tx);
    }

    private static @Nullable String keyOf(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    }
}
