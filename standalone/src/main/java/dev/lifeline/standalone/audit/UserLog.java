package dev.lifeline.standalone.audit;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.runtime.LogScan;
import dev.lifeline.runtime.Received;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * All that the log has of one user, in the order of the broker's time. Read a piece at a time, so that it takes the same memory
 * however much there is.
 */
final class UserLog {

    private static final long PIECE = 20_000;

    private final LogScan scan;
    private final Part<ConnectorEvent> connectors;
    private final Part<AutonomyEvent> autonomy;
    private final Part<ActionEvent> actions;
    private final Part<AutonomyEvent> operators;

    /** All that there is at this moment. */
    UserLog(LogScan scan, UUID userId) {
        this.scan = scan;
        this.connectors = new Part<>(Topics.CONNECTOR_EVENTS, userId, ConnectorEvent.class);
        this.autonomy = new Part<>(Topics.AUTONOMY_EVENTS, userId, AutonomyEvent.class);
        this.actions = new Part<>(Topics.ACTION_EVENTS, userId, ActionEvent.class);
        this.operators = new Part<>(Topics.AUTONOMY_EVENTS, Operator.ID, AutonomyEvent.class);
    }

    /**
     * What was read.
     *
     * @param ofUser how many records were about the user, and not about everybody
     * @param unreadable records that may have been the user's or the operator's, and can not be understood
     * @param unknown records of a type that this release does not know
     */
    record Read(long ofUser, long unreadable, long unknown) {}

    /** When the oldest record of the partitions was appended in which the user's lie; empty where there is none. */
    Optional<Instant> begins() {
        return Stream.of(connectors, autonomy, actions)
                .flatMap(part -> scan.began(part.range).stream())
                .min(Comparator.naturalOrder());
    }

    /** @param begins as {@link #begins} has it */
    Extent extent(Instant begins) {
        return new Extent(
                begins,
                connectors.partition.partition(),
                operators.partition.partition(),
                connectors.first > 0,
                autonomy.first > 0,
                operators.first > 0);
    }

    /** Hands on what was appended up to a time. */
    Read read(Instant until, Consumer<Received<? extends Message>> to, LogScan.Progress progress) {
        connectors.progress = progress;
        List<Part<?>> all = List.of(connectors, autonomy, actions, operators);
        for (Part<?> part = earliest(all); part != null; part = earliest(all)) {
            Received<? extends Message> next = part.waiting.removeFirst();
            if (!next.time().isAfter(until)) {
                to.accept(next);
            }
        }
        return new Read(
                Stream.of(connectors, autonomy, actions)
                        .mapToLong(part -> part.found + part.unknown)
                        .sum(),
                all.stream().mapToLong(part -> part.unreadable).sum(),
                all.stream().mapToLong(part -> part.unknown).sum());
    }

    /** That of which the next record is the oldest; absent when there is no more. */
    private static @Nullable Part<?> earliest(List<Part<?>> all) {
        return all.stream()
                .filter(Part::hasNext)
                .min(Comparator.comparing(part -> part.waiting.getFirst().time()))
                .orElse(null);
    }

    /** What one partition has of one key, of which one piece is held. */
    private final class Part<M extends Message> {

        private final LogScan.Range range;
        private final Class<M> family;
        private final TopicPartition partition;
        private final long first;
        private final long end;
        private final Deque<Received<M>> waiting = new ArrayDeque<>();
        private LogScan.Progress progress = (records, all) -> {};
        private long next;
        private long found;
        private long unreadable;
        private long unknown;

        Part(Topic topic, UUID key, Class<M> family) {
            this.range = scan.range(topic, key);
            this.family = family;
            this.partition = range.first().keySet().iterator().next();
            this.first = range.first().getOrDefault(partition, 0L);
            this.end = range.end().getOrDefault(partition, 0L);
            this.next = first;
        }

        boolean hasNext() {
            while (waiting.isEmpty() && next < end) {
                readOn();
            }
            return !waiting.isEmpty();
        }

        private void readOn() {
            long before = next - first;
            next = Math.min(end, next + PIECE);
            LogScan.Range piece = new LogScan.Range(
                    range.topic(), range.userId(), Map.of(partition, first + before), Map.of(partition, next));
            LogScan.Tally met = scan.read(
                    piece, family, waiting::add, (records, all) -> progress.passed(before + records, end - first));
            found += waiting.size();
            unreadable += met.unreadable();
            unknown += met.unknown();
        }
    }
}
