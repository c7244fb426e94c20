package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import dev.lifeline.events.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Folds a topic anew, as it was folded live, into tables of its own, and does nothing else: what it causes is not published,
 * and what can not be folded is counted instead of being buried once more. It joins no group, so that nobody who folds the
 * same topic notices.
 *
 * <p>Rows and offsets move together as they do live. So a replay that was broken off, however that happened, is gone on with
 * by another one over the same tables; two at the same time would share the work.
 *
 * <p>Not thread-safe.
 */
public final class Replay<M extends Message> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Fold<M> fold;
    private final EventRuntime runtime;
    private final FoldMeters meters;
    private final Counting counting = new Counting();
    private final FoldTransaction<M> transaction;
    private final PoisonSearch<M> search;
    private Predicate<String> keys = key -> true;
    private @Nullable Consumer<byte[], byte[]> opened;

    /** Hears how a replay gets on. */
    public interface Watcher {

        /** That many more records of the log are done with. */
        void passed(long records);

        /** A store is away; it is tried again until it is not. */
        default void waits(String why) {}
    }

    /**
     * What was passed over, as it was live.
     *
     * @param unreadable records that can not be read, or on which the fold fails
     * @param unknown records of a type that this release does not know
     */
    public record PassedOver(long unreadable, long unknown) {}

    Replay(Fold<M> fold, DataSource database, EventRuntime runtime) {
        this.fold = fold;
        this.runtime = runtime;
        this.meters = new FoldMeters(new SimpleMeterRegistry(), fold.name());
        this.transaction = new FoldTransaction<>(fold, new Transactions(database), counting, runtime.codec(), meters);
        this.search = new PoisonSearch<>(fold, transaction, (partition, caused) -> {});
    }

    /** Folds only records with such keys from now on. */
    public Replay<M> only(Predicate<String> wanted) {
        keys = wanted;
        return this;
    }

    /** What is folded. */
    public Topic topic() {
        return fold.topic();
    }

    /** Where the log of each partition begins now. */
    public Map<Integer, Long> beginnings() {
        Map<Integer, Long> beginnings = new HashMap<>();
        Consumer<byte[], byte[]> consumer = consumer();
        // Kafka's client warns of answers about what is not assigned.
        consumer.assign(consumer.partitionsFor(topic().name(), PATIENCE).stream()
                .map(partition -> at(partition.partition()))
                .toList());
        consumer.beginningOffsets(consumer.assignment(), PATIENCE)
                .forEach((at, offset) -> beginnings.put(at.partition(), offset));
        return beginnings;
    }

    /** Where the log of each partition ends now. */
    public Map<Integer, Long> ends() {
        Map<Integer, Long> ends = new HashMap<>();
        consumer()
                .endOffsets(beginnings().keySet().stream().map(this::at).toList(), PATIENCE)
                .forEach((at, offset) -> ends.put(at.partition(), offset));
        return ends;
    }

    /**
     * Lets partitions of which nothing has been folded begin there. When the log is cut off behind that, {@link #fold} fails:
     * what it would pass over counted as being there.
     */
    public void begin(Map<Integer, Long> beginnings) throws SQLException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        beginnings.forEach((partition, offset) -> offsets.put(at(partition), offset));
        transaction.begin(offsets);
    }

    /** When the oldest record of a partition was written; empty where the log has none. */
    public Optional<Instant> firstTime(int partition) {
        TopicPartition at = at(partition);
        long end = ends().getOrDefault(partition, 0L);
        Consumer<byte[], byte[]> consumer = consumer();
        consumer.assign(List.of(at));
        consumer.resume(List.of(at));
        consumer.seekToBeginning(List.of(at));
        while (consumer.position(at) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return Optional.of(Instant.ofEpochMilli(record.timestamp()));
            }
        }
        return Optional.empty();
    }

    /** The offset of the next record to fold of a partition; empty where nothing has been folded yet. */
    public OptionalLong stored(int partition) throws SQLException {
        Optional<OffsetAndMetadata> stored = transaction.stored(at(partition));
        return stored.isPresent() ? OptionalLong.of(stored.get().offset()) : OptionalLong.empty();
    }

    /**
     * Folds on in each of these partitions, from where it has come to, or else from the beginning of the log. What passes (a
     * store is away) is waited for.
     *
     * @param ends of each partition the offset before which to stop; one that has come further is left alone
     * @throws SQLException when the database refuses for good, or has no room left ({@code 53100})
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException when the log was cut off before it was read
     * @throws LogUnreachableException when the log ends before one of these ends
     */
    public void fold(Map<Integer, Long> ends, Watcher watcher) throws SQLException, InterruptedException {
        patiently(watcher, consumer -> {
            foldOn(ends, consumer, watcher);
            return ends;
        });
    }

    /** How many records lie between where this has come to, or else the beginning of the log, and these ends. */
    public long left(Map<Integer, Long> ends, Watcher watcher) throws SQLException, InterruptedException {
        return patiently(
                watcher,
                consumer -> open(ends, consumer).values().stream()
                        .mapToLong(partition ->
                                ends.getOrDefault(partition.partition().partition(), 0L) - partition.next())
                        .sum());
    }

    /**
     * Lets time pass in a partition until the fold has nothing to do about it any more.
     *
     * @see Fold#tick
     */
    public void passTime(int partition, Instant caughtUpAt) throws SQLException {
        TopicPartition at = at(partition);
        long next = stored(partition).orElse(0);
        while (transaction.tick(at, next, caughtUpAt) > 0) {
            // a fold may act on a part at a time
        }
    }

    /** What this has passed over so far. */
    public PassedOver passedOver() {
        return new PassedOver(counting.dead.size(), meters.unknown());
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Consumer<byte[], byte[]> consumer) throws SQLException, InterruptedException;
    }

    /** Does it again, from where it has come to, until no store is away. */
    private <T> T patiently(Watcher watcher, Work<T> work) throws SQLException, InterruptedException {
        Outage outage =
                new Outage("Replay of " + fold.name(), runtime.settings().maxBackOff());
        while (true) {
            try {
                T done = work.with(consumer());
                outage.over();
                return done;
            } catch (SQLException | RuntimeException e) {
                if (!Failures.passingSoon(e)) {
                    throw e;
                }
                long wait = outage.failed(e);
                watcher.waits(String.valueOf(outage.reason()));
                Thread.sleep(wait);
            }
        }
    }

    private void foldOn(Map<Integer, Long> ends, Consumer<byte[], byte[]> consumer, Watcher watcher)
            throws SQLException, InterruptedException {
        Map<TopicPartition, FoldedPartition> open = open(ends, consumer);
        Map<TopicPartition, Long> passed = new HashMap<>();
        open.forEach((at, partition) -> passed.put(at, partition.next()));
        while (!open.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("replay of " + fold.name());
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (FoldedPartition partition : List.copyOf(open.values())) {
                TopicPartition at = partition.partition();
                long end = ends.getOrDefault(at.partition(), 0L);
                List<ConsumerRecord<byte[], byte[]>> wanted = wanted(records.records(at), end);
                if (!wanted.isEmpty()) {
                    search.fold(partition, wanted);
                }
                long position = Math.min(consumer.position(at), end);
                watcher.passed(position - passed.getOrDefault(at, position));
                passed.put(at, position);
                if (position == end) {
                    close(partition, end);
                    consumer.pause(List.of(at));
                    open.remove(at);
                }
            }
        }
    }

    private Map<TopicPartition, FoldedPartition> open(Map<Integer, Long> ends, Consumer<byte[], byte[]> consumer)
            throws SQLException {
        Map<TopicPartition, FoldedPartition> open = new HashMap<>();
        consumer.assign(ends.keySet().stream().map(this::at).toList());
        requireUpTo(ends, consumer);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(consumer.assignment(), PATIENCE);
        transaction.begin(beginnings);
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            TopicPartition at = at(end.getKey());
            OffsetAndMetadata stored =
                    transaction.stored(at).orElse(new OffsetAndMetadata(beginnings.getOrDefault(at, 0L)));
            if (stored.offset() < end.getValue()) {
                FoldedPartition partition = new FoldedPartition(at);
                partition.fold(stored);
                open.put(at, partition);
            }
        }
        consumer.assign(open.keySet());
        consumer.resume(open.keySet()); // one that was read before to the end that it had then
        open.forEach((at, partition) -> consumer.seek(at, partition.stored()));
        return open;
    }

    /** To wait until the log has grown so far would be to take other records for those that are lost. */
    private static void requireUpTo(Map<Integer, Long> ends, Consumer<byte[], byte[]> consumer) {
        consumer.endOffsets(consumer.assignment(), PATIENCE).forEach((at, last) -> {
            long end = ends.getOrDefault(at.partition(), 0L);
            if (end > last) {
                throw new LogUnreachableException(
                        "the log of %s ends at offset %d, and was folded up to %d: its end is lost. Whoever folded it has halted, and names the remedy in its log; it comes first"
                                .formatted(at, last, end));
            }
        });
    }

    /** The last records may not be wanted, or not be there any more. */
    private void close(FoldedPartition partition, long end) throws SQLException {
        if (partition.next() < end) {
            transaction.pass(partition.partition(), partition.next(), end);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> wanted(List<ConsumerRecord<byte[], byte[]>> records, long end) {
        return records.stream()
                .filter(record -> record.offset() < end)
                .filter(record -> record.key() == null || keys.test(new String(record.key(), StandardCharsets.UTF_8)))
                .toList();
    }

    private TopicPartition at(int partition) {
        return new TopicPartition(fold.topic().name(), partition);
    }

    private Consumer<byte[], byte[]> consumer() {
        Consumer<byte[], byte[]> consumer = opened;
        if (consumer == null) {
            consumer = runtime.clients().reader(runtime.settings().maxPollRecords());
            opened = consumer;
        }
        return consumer;
    }

    /** Ends the connection to Kafka. */
    @Override
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    /** Each is counted once, however often its transaction is tried. */
    private static final class Counting implements Effects {

        private final Set<String> dead = new HashSet<>();

        @Override
        public void publish(
                Connection tx,
                TopicPartition source,
                List<Outgoing> caused,
                List<ConsumerRecord<byte[], byte[]>> records) {}

        @Override
        public void bury(List<Poison> unreadable) {
            unreadable.forEach(poison -> count(poison.record()));
        }

        @Override
        public void bury(ConsumerRecord<byte[], byte[]> record, Exception reason) {
            count(record);
        }

        private void count(ConsumerRecord<byte[], byte[]> record) {
            dead.add(record.partition() + "@" + record.offset());
        }
    }
}
