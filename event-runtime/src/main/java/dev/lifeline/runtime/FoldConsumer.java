package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * One thread that reads its share of a topic's partitions and folds them. All methods are called by that thread, that of the
 * Kafka consumer, but for what health and metrics ask.
 *
 * <p>A partition is fetched only while its position is known: on assignment it is paused, its stored offset is read and
 * sought, and it is resumed. Whatever goes wrong afterwards ends in one of three ways. What passes (a store is away): the
 * consumer goes back to the stored offset, waits, and reads the same records again. Another instance has folded on: the stored
 * offset is read anew. The stored offset is not in the log: the partition is halted, loudly, until it is.
 */
final class FoldConsumer<M extends Message>
        implements BatchConsumerAwareMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(FoldConsumer.class);

    private final Fold<M> fold;
    private final Progress<M> progress;
    private final PoisonSearch<M> search;
    private final RuntimeSettings settings;
    private final Pause pause;
    private final Map<TopicPartition, FoldedPartition> partitions = new ConcurrentHashMap<>();
    private final Outage foldOutage;
    private final long began = System.nanoTime();
    private volatile boolean everAssigned;
    private volatile long lastTurn;

    /** Sleeps, but no longer than its consumer runs. */
    @FunctionalInterface
    interface Pause {
        void sleep(long millis) throws InterruptedException;
    }

    FoldConsumer(
            Fold<M> fold,
            FoldTransaction<M> transaction,
            OutboxRelay relay,
            LogRange range,
            RuntimeSettings settings,
            Pause pause) {
        this.fold = fold;
        this.progress = new Progress<>(fold, transaction, relay, range, settings.maxBackOff());
        this.search = new PoisonSearch<>(fold, transaction, relay::appended);
        this.settings = settings;
        this.pause = pause;
        this.foldOutage = new Outage("Folding of " + fold.name(), settings.maxBackOff());
        this.lastTurn = System.nanoTime();
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        for (TopicPartition partition : assigned) {
            consumer.pause(List.of(partition));
            consumer.seek(partition, 0); // any, lest Kafka ask for a committed offset; it is paused
            partitions.put(partition, new FoldedPartition(partition));
        }
        progress.look(partitions.values());
        everAssigned = true;
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        for (TopicPartition partition : revoked) {
            partitions.remove(partition);
            progress.leave(partition);
        }
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
        onPartitionsRevokedBeforeCommit(consumer, lost);
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> polled) {
        Consumer<?, ?> consumer = Objects.requireNonNull(polled);
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> unfolded = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            unfolded.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), first -> new ArrayList<>())
                    .add(record);
        }
        try {
            while (!unfolded.isEmpty()) {
                TopicPartition partition = unfolded.keySet().iterator().next();
                fold(partition, unfolded.getOrDefault(partition, List.of()), consumer);
                unfolded.remove(partition);
            }
            foldOutage.over();
        } catch (SQLException | RuntimeException e) {
            unfolded.keySet().forEach(partition -> goBack(partition, consumer));
            sleep(foldOutage.failed(e));
        }
    }

    /** Called with nothing fetched that is not folded: so what is before the position is. */
    void beforePoll(Consumer<?, ?> consumer) {
        turn(consumer);
        sleep(fold.gathers().toMillis());
    }

    /** Does what time demands, and what the broker's answers allow. */
    private void turn(Consumer<?, ?> consumer) {
        if (System.nanoTime() - lastTurn >= settings.tickInterval().toNanos()) {
            lastTurn = System.nanoTime();
            progress.look(partitions.values());
        }
        for (FoldedPartition partition : partitions.values()) {
            try {
                progress.act(partition, consumer);
            } catch (LostPartitionException lost) {
                lost(lost, partition.partition(), consumer);
            } catch (OffsetOutOfRangeException e) {
                outOfRange(e, consumer);
            }
        }
    }

    /** Finds out anew where to read on in partitions whose fetch position is not in the log any more. */
    void outOfRange(OffsetOutOfRangeException failure, Consumer<?, ?> consumer) {
        failure.partitions().forEach(partition -> reposition(partition, consumer));
        if (failure instanceof LogTruncationException truncation) {
            partitions.values().stream()
                    .filter(partition -> truncation.partitions().contains(partition.partition()))
                    .filter(partition -> lacksFolded(partition, truncation))
                    .forEach(partition -> partition.losesTail(partition.stored()));
        }
    }

    /** Whether records are gone that were folded, not only some that were fetched; so too where that is not known. */
    private static boolean lacksFolded(FoldedPartition partition, LogTruncationException truncation) {
        OffsetAndMetadata divergent = truncation.divergentOffsets().get(partition.partition());
        return divergent == null || divergent.offset() < partition.next();
    }

    /** Something went wrong that nothing here foresees: waits, and finds out anew where to read on. */
    void fault(Exception failure, Consumer<?, ?> consumer) {
        partitions.keySet().forEach(partition -> reposition(partition, consumer));
        sleep(foldOutage.failed(failure));
    }

    /** Why nobody should rely on what is folded here; empty when all is well. */
    List<String> complaints() {
        Stream<String> outages =
                Stream.of(foldOutage.reason(), progress.complaint()).filter(Objects::nonNull);
        Stream<String> behind =
                partitions.values().stream().flatMap(partition -> partition.complaint(settings.patience()).stream());
        return Stream.concat(outages, behind).toList();
    }

    long lag() {
        return partitions.values().stream().mapToLong(FoldedPartition::lag).sum();
    }

    /**
     * For how long a partition has not been read to its end, of all the longest, or this consumer done nothing, as one that
     * has died; until the first assignment, which may be of none, for how long that is waited for.
     */
    Duration age() {
        if (!everAssigned) {
            return Duration.ofNanos(System.nanoTime() - began);
        }
        Duration still = Duration.ofNanos(System.nanoTime() - lastTurn);
        return Stream.concat(Stream.of(still), partitions.values().stream().map(FoldedPartition::age))
                .max(Comparator.naturalOrder())
                .get();
    }

    private void fold(TopicPartition at, List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer)
            throws SQLException {
        FoldedPartition partition = partitions.get(at);
        if (partition == null || !partition.folding()) {
            return; // they come again, once the position is known
        }
        try {
            search.fold(partition, records);
        } catch (LostPartitionException lost) {
            lost(lost, at, consumer);
        }
    }

    private void goBack(TopicPartition at, Consumer<?, ?> consumer) {
        FoldedPartition partition = partitions.get(at);
        if (partition != null && partition.folding()) {
            consumer.seek(at, partition.stored());
        }
    }

    private void lost(LostPartitionException lost, TopicPartition at, Consumer<?, ?> consumer) {
        log.info("{} reads its offset again: {}", fold.name(), lost.getMessage());
        reposition(at, consumer);
    }

    private void reposition(TopicPartition at, Consumer<?, ?> consumer) {
        FoldedPartition partition = partitions.get(at);
        if (partition != null) {
            consumer.pause(List.of(at));
            partition.position();
        }
    }

    private void sleep(long millis) {
        try {
            pause.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
