package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Finds out how far the log goes: where a fold reads on in a partition, whether it can, and when it has read to its end. It
 * asks, and acts once it has been answered; nothing waits for Kafka meanwhile. Of one consumer, called by its thread.
 */
final class Progress<M extends Message> {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private final Fold<M> fold;
    private final FoldTransaction<M> transaction;
    private final OutboxRelay relay;
    private final LogRange range;
    private final Outage outage;
    private final Set<TopicPartition> failing = new HashSet<>();

    Progress(Fold<M> fold, FoldTransaction<M> transaction, OutboxRelay relay, LogRange range, Duration maxBackOff) {
        this.fold = fold;
        this.transaction = transaction;
        this.relay = relay;
        this.range = range;
        this.outage = new Outage("The heartbeat of " + fold.name(), maxBackOff);
    }

    /** Asks how far the log goes, for each of these partitions for which that is not being asked. */
    void look(Collection<FoldedPartition> partitions) {
        List<FoldedPartition> idle =
                partitions.stream().filter(FoldedPartition::idle).toList();
        if (idle.isEmpty()) {
            return;
        }
        try {
            // First the time and what is stored, then the log: it holds all that was appended before, or stored.
            Instant time = transaction.databaseTime();
            long nanos = System.nanoTime();
            Map<TopicPartition, Optional<OffsetAndMetadata>> stored = new HashMap<>();
            for (FoldedPartition partition : idle) {
                TopicPartition at = partition.partition();
                stored.put(at, partition.folding() ? Optional.empty() : transaction.stored(at));
            }
            Map<TopicPartition, CompletableFuture<LogRange.Bounds>> bounds = range.of(stored.keySet());
            for (FoldedPartition partition : idle) {
                TopicPartition at = partition.partition();
                partition.looks(new FoldedPartition.Look(
                        time,
                        nanos,
                        stored.getOrDefault(at, Optional.empty()),
                        Objects.requireNonNull(bounds.get(at))));
            }
        } catch (SQLException | RuntimeException e) {
            idle.forEach(partition -> failed(partition, e)); // it is looked again at the next turn
        }
    }

    /**
     * Begins to fold a partition, or writes its heartbeat, when what has been answered and folded allows it.
     *
     * @throws LostPartitionException when another instance has folded on
     * @throws OffsetOutOfRangeException when Kafka tells that the position is not in the log; it does so once
     */
    void act(FoldedPartition partition, Consumer<?, ?> consumer) {
        try {
            Optional<FoldedPartition.Look> answered = partition.answered();
            if (partition.folding()) {
                long position = consumer.position(partition.partition(), Duration.ofSeconds(1));
                answered.ifPresent(look -> partition.aims(look, position));
                Optional<FoldedPartition.Look> reached = partition.reached(position);
                if (reached.isPresent()) {
                    heartbeat(partition, reached.get());
                }
            } else if (answered.isPresent()) {
                begin(partition, answered.get(), consumer);
            }
        } catch (LostPartitionException | OffsetOutOfRangeException lost) {
            throw lost;
        } catch (SQLException | RuntimeException e) {
            failed(partition, e);
        }
    }

    /** Why nobody should rely on the heartbeat; absent when all is well. */
    @Nullable
    String complaint() {
        return outage.reason();
    }

    /** The partition is another's from now on. */
    void leave(TopicPartition partition) {
        relay.disown(partition, this);
        recovers(partition);
    }

    private void recovers(TopicPartition partition) {
        failing.remove(partition);
        if (failing.isEmpty()) {
            outage.over();
        }
    }

    private void heartbeat(FoldedPartition partition, FoldedPartition.Look reached) throws SQLException {
        TopicPartition at = partition.partition();
        relay.appended(at, transaction.tick(at, partition.next(), reached.at()));
        partition.caughtUp(reached);
        recovers(at);
    }

    private void failed(FoldedPartition partition, Exception reason) {
        failing.add(partition.partition());
        outage.failed(reason);
        if (partition.folding()) {
            relay.lookAgain(partition.partition()); // it may have been committed, and only the answer lost
        }
    }

    /**
     * Seeks the stored offset and begins to fold, or halts the partition where that is not in the log, or is of a log that
     * has lost its end since; then it goes on when another offset is stored. A fold that has no stored offsets yet gets one
     * for every partition: where the log begins.
     */
    private void begin(FoldedPartition partition, FoldedPartition.Look look, Consumer<?, ?> consumer)
            throws SQLException {
        TopicPartition at = partition.partition();
        LogRange.Bounds bounds = look.bounds().join();
        if (look.stored().isEmpty()) {
            transaction.begin(LogRange.beginnings(at.topic(), consumer));
        }
        OffsetAndMetadata stored = look.stored().isPresent()
                ? look.stored().get()
                : transaction.stored(at).orElse(new OffsetAndMetadata(bounds.first()));
        // Only what was stored before the end was asked for proves that the end is lost.
        if (look.stored().isPresent() && bounds.endBefore(stored)) {
            partition.losesTail(stored);
        }
        if (bounds.contain(stored) && !partition.lostTail(stored)) {
            relay.own(at, this);
            consumer.seek(at, stored);
            consumer.resume(List.of(at));
            partition.fold(stored);
            // At its end, as after most starts, it is nothing to be told.
            log.atLevel(stored.offset() == bounds.end() ? Level.DEBUG : Level.INFO)
                    .log(
                            "{} reads {} from {}; the log goes from {} to {}",
                            fold.name(),
                            at,
                            stored.offset(),
                            bounds.first(),
                            bounds.end());
        } else if (!partition.halted()) {
            partition.halt();
            log.error(bounds.remedy(fold.name(), at, stored.offset()));
        }
    }
}
