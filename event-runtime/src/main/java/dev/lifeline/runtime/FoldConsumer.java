package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    private static final int SOONER = 8;

    private final Fold<M> fold;
    private final FoldTransaction<M> transaction;
    private final OutboxRelay relay;
    private final LogRange range;
    private final Positions<M> positions;
    private final PoisonSearch<M> search;
    private final RuntimeSettings settings;
    private final Pause pause;
    private final Map<TopicPartition, FoldedPartition> partitions = new ConcurrentHashMap<>();
    private final Outage foldOutage;
    private final Outage tickOutage;
    private long lastTurn;
    private boolean behind;

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
        this.transaction = transaction;
        this.relay = relay;
        this.range = range;
        this.positions = new Positions<>(fold, transaction, relay, range);
        this.search = new PoisonSearch<>(fold, transaction, relay);
        this.settings = settings;
        this.pause = pause;
        this.foldOutage = new Outage("Folding of " + fold.name(), settings.maxBackOff());
        this.tickOutage = new Outage("The heartbeat of " + fold.name(), settings.maxBackOff());
        this.lastTurn = System.nanoTime();
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        for (TopicPartition partition : assigned) {
            consumer.pause(List.of(partition));
            consumer.seek(partition, 0); // any, lest Kafka ask for a committed offset; it is paused
            partitions.put(partition, new FoldedPartition(partition));
        }
        position(consumer);
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        for (TopicPartition partition : revoked) {
            partitions.remove(partition);
            relay.disown(partition);
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
        turn(consumer);
    }

    /** Does what time demands, when it is time; called after each poll. */
    void turn(Consumer<?, ?> consumer) {
        // Who was not at the end looks again soon: records that come in step with the turns must not hide the end for
        // ever.
        long interval = settings.tickInterval().toNanos();
        if (System.nanoTime() - lastTurn < (behind ? interval / SOONER : interval)) {
            return;
        }
        behind = false;
        position(consumer);
        tick(consumer);
        lastTurn = System.nanoTime();
    }

    /** Finds out anew where to read on in partitions whose fetch position is not in the log any more. */
    void outOfRange(OffsetOutOfRangeException failure, Consumer<?, ?> consumer) {
        failure.partitions().forEach(partition -> reposition(partition, consumer));
    }

    /** Something went wrong that nothing here foresees: waits, and finds out anew where to read on. */
    void fault(Exception failure, Consumer<?, ?> consumer) {
        partitions.keySet().forEach(partition -> reposition(partition, consumer));
        sleep(foldOutage.failed(failure));
    }

    /** Why nobody should rely on what is folded here; empty when all is well. */
    List<String> complaints() {
        Stream<String> outages =
                Stream.of(foldOutage, tickOutage).flatMap(outage -> Stream.ofNullable(outage.reason()));
        Stream<String> behind =
                partitions.values().stream().flatMap(partition -> partition.complaint(settings.patience()).stream());
        return Stream.concat(outages, behind).toList();
    }

    long lag() {
        return partitions.values().stream().mapToLong(FoldedPartition::lag).sum();
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
            consumer.seek(at, partition.next());
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

    private void position(Consumer<?, ?> consumer) {
        List<FoldedPartition> unknown = partitions.values().stream()
                .filter(partition -> !partition.folding())
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        try {
            for (FoldedPartition partition : unknown) {
                positions.find(partition, consumer);
            }
        } catch (SQLException | RuntimeException e) {
            sleep(tickOutage.failed(e));
        }
    }

    private void tick(Consumer<?, ?> consumer) {
        Set<TopicPartition> folding = partitions.values().stream()
                .filter(FoldedPartition::folding)
                .map(FoldedPartition::partition)
                .collect(Collectors.toSet());
        if (folding.isEmpty()) {
            return;
        }
        try {
            // First the time, then the end: what the broker appended before that time lies before that end.
            Instant time = transaction.databaseTime();
            Map<TopicPartition, Long> ends = range.ends(folding, consumer);
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                tick(end.getKey(), end.getValue(), time, consumer);
            }
            tickOutage.over();
        } catch (SQLException | RuntimeException e) {
            tickOutage.failed(e); // the next turn is soon enough; records that arrive meanwhile go first
        }
    }

    private void tick(TopicPartition at, long end, Instant time, Consumer<?, ?> consumer) throws SQLException {
        FoldedPartition partition = partitions.get(at);
        if (partition == null) {
            return;
        }
        long position = consumer.position(at, Duration.ofSeconds(1));
        partition.waits(Math.max(0, end - position));
        if (position < end) {
            behind = true;
            return;
        }
        try {
            relay.appended(at, transaction.tick(at, partition.next(), time));
            partition.caughtUp();
        } catch (LostPartitionException lost) {
            lost(lost, at, consumer);
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
