package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.MessageType;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UnreadableMessageException;
import dev.lifeline.events.UserEvent.UserErased;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * Reads the past: messages of one type or family, from the oldest that a topic has to where it ended when that was asked. It leaves
 * nothing behind, neither a group nor an offset, and holds one poll's records at a time. For one thread.
 *
 * <p>Every method throws {@link LogUnreachableException} when the broker does not answer, or not to this identity.
 */
public final class LogScan implements AutoCloseable {

    private static final int MOST_AT_ONCE = 5_000;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Codec codec = new Codec();
    private final String servers;
    private final Consumer<byte[], byte[]> consumer;

    public LogScan(KafkaClients clients) {
        this.servers = clients.servers();
        this.consumer = reach(() -> clients.reader(MOST_AT_ONCE));
    }

    /** Is given what is read, in the order of each partition. */
    @FunctionalInterface
    public interface Reader<M extends Message> {
        void read(Received<M> received);
    }

    /** Is told, after each poll, how many records of how many have been passed. */
    @FunctionalInterface
    public interface Progress {
        void passed(long records, long all);
    }

    /**
     * What was met on the way.
     *
     * @param records all that were passed, whatever they were
     * @param unreadable those that may have been of the type, and could not be understood
     * @param unknown those of a type that this release does not know
     */
    public record Tally(long records, long unreadable, long unknown) {

        private Tally and(long moreUnreadable, long moreUnknown) {
            return new Tally(records, unreadable + moreUnreadable, unknown + moreUnknown);
        }
    }

    /**
     * A part of a topic.
     *
     * @param userId whose messages; absent: everybody's
     * @param first by partition, the offset of the oldest record
     * @param end by partition, the offset of the first that is left out
     */
    public record Range(
            Topic topic, @Nullable UUID userId, Map<TopicPartition, Long> first, Map<TopicPartition, Long> end) {

        public Range {
            first = Map.copyOf(first);
            end = Map.copyOf(end);
        }

        /** How many records there are at most. */
        public long records() {
            return passed(end);
        }

        private long passed(Map<TopicPartition, Long> positions) {
            return first.entrySet().stream()
                    .mapToLong(each -> Math.max(0, positions.getOrDefault(each.getKey(), 0L) - each.getValue()))
                    .sum();
        }
    }

    /** All that a topic has now; of one user where one is given, and then of that user's partition alone. */
    public Range range(Topic topic, @Nullable UUID userId) {
        return reach(() -> {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic.name());
            if (partitions.isEmpty()) {
                throw new LogUnreachableException(
                        "Kafka at " + servers + " has no topic " + topic.name() + "; is it Lifeline's?");
            }
            List<TopicPartition> all = partitions.stream()
                    .map(each -> new TopicPartition(topic.name(), each.partition()))
                    .filter(each -> userId == null || each.partition() == Topics.partitionOf(userId, partitions.size()))
                    .toList();
            return new Range(topic, userId, consumer.beginningOffsets(all), consumer.endOffsets(all));
        });
    }

    /** When the oldest record of a range was appended, whosever it is; empty where there is none. */
    public Optional<Instant> began(Range range) {
        return reach(() -> {
            begin(range);
            Map<TopicPartition, Long> oldest = new HashMap<>();
            Set<TopicPartition> open = new HashSet<>(range.first().keySet());
            open.removeIf(partition ->
                    range.first().getOrDefault(partition, 0L) >= range.end().getOrDefault(partition, 0L));
            long moved = System.nanoTime();
            while (!open.isEmpty() && System.nanoTime() - moved < PATIENCE.toNanos()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    oldest.putIfAbsent(partition, record.timestamp());
                    open.remove(partition);
                }
                consumer.pause(oldest.keySet());
            }
            return oldest.values().stream().min(Long::compare).map(Instant::ofEpochMilli);
        });
    }

    /** What was read to its end before is still paused, and has to be read again. */
    private void begin(Range range) {
        consumer.assign(range.first().keySet());
        consumer.resume(range.first().keySet());
        range.first().forEach(consumer::seek);
    }

    /** Reads the messages of a type, or of a family of types, in a range. */
    public <M extends Message> Tally read(Range range, Class<M> type, Reader<M> to, Progress progress) {
        return reach(() -> new Reading<>(range, type, to).run(progress));
    }

    /** Who has been erased, and when it was asked for last: nothing that the log still has of them is to be told. */
    public Map<UUID, Instant> erased() {
        Map<UUID, Instant> erased = new HashMap<>();
        read(
                range(Topics.USER_EVENTS, null),
                UserErased.class,
                received -> erased.put(
                        received.message().userId(), received.message().erasedAt()),
                (passed, all) -> {});
        return erased;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    private final class Reading<M extends Message> {
        private final Range range;
        private final Reader<M> to;
        private final RecordReader<M> reader;
        private final @Nullable String wanted;
        private final byte @Nullable [] key;
        private Tally tally;

        Reading(Range range, Class<M> type, Reader<M> to) {
            this.range = range;
            this.to = to;
            this.reader = new RecordReader<>(codec, type);
            MessageType one = type.getAnnotation(MessageType.class);
            this.wanted = one == null ? null : one.value();
            this.key = range.userId() == null ? null : keyOf(range.userId()).getBytes(UTF_8);
            this.tally = new Tally(range.records(), 0, 0);
        }

        Tally run(Progress progress) {
            Map<TopicPartition, Long> positions = new HashMap<>(range.first());
            begin(range);
            long moved = System.nanoTime();
            while (!pauseWhatIsRead(positions)) {
                ConsumerRecords<byte[], byte[]> records = poll();
                records.forEach(this::take);
                positions.replaceAll((partition, before) -> consumer.position(partition));
                progress.passed(Math.min(range.passed(positions), range.records()), range.records());
                moved = records.isEmpty() ? moved : System.nanoTime();
                if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                    throw new LogUnreachableException("nothing came of "
                            + range.topic().name() + " for " + PATIENCE.toSeconds() + " s; is the broker still there?");
                }
            }
            return tally;
        }

        private boolean pauseWhatIsRead(Map<TopicPartition, Long> positions) {
            List<TopicPartition> read = positions.entrySet().stream()
                    .filter(each -> each.getValue() >= end(each.getKey()))
                    .map(Map.Entry::getKey)
                    .toList();
            consumer.pause(read);
            return read.size() == positions.size();
        }

        private ConsumerRecords<byte[], byte[]> poll() {
            try {
                return consumer.poll(POLL);
            } catch (OffsetOutOfRangeException e) {
                // Retention has taken what was to be read next.
                consumer.seekToBeginning(e.partitions());
                return ConsumerRecords.empty();
            }
        }

        private long end(TopicPartition partition) {
            return range.end().getOrDefault(partition, 0L);
        }

        private void take(ConsumerRecord<byte[], byte[]> record) {
            boolean another = key != null && record.key() != null && !Arrays.equals(key, record.key());
            if (another || record.offset() >= end(new TopicPartition(record.topic(), record.partition()))) {
                return;
            }
            String type = CloudEvent.header(record.headers(), CloudEvent.TYPE_HEADER);
            if (type != null && !Codec.types().contains(type)) {
                tally = tally.and(0, 1);
            } else if (wanted == null || type == null || type.equals(wanted)) {
                read(record).ifPresent(to::read);
            }
        }

        private static String keyOf(UUID userId) {
            return userId.equals(Operator.ID) ? Operator.KEY : userId.toString();
        }

        private Optional<Received<M>> read(ConsumerRecord<byte[], byte[]> record) {
            try {
                return reader.read(record);
            } catch (UnreadableMessageException e) {
                tally = tally.and(1, 0);
                return Optional.empty();
            }
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask();
    }

    private <T> T reach(Question<T> question) {
        try {
            return question.ask();
        } catch (KafkaException e) {
            throw new LogUnreachableException(
                    "Kafka can not be read at " + servers + ": " + reason(e) + "; is it running?", e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
