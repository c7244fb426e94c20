package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records go that can never succeed: {@link Topics#deadLetters}, the original key, bytes and headers, in the same
 * partition, with headers that say where the record lay and what was wrong. The partition that it came from goes on.
 *
 * <p>A dead letter is acknowledged before the offset of its record moves. So none is lost; after a crash between the two it
 * is there twice, with the same position. Each is counted ({@code lifeline.dead.letters}) and logged at WARN.
 */
public final class DeadLetters {

    /** The topic of the record. */
    public static final String TOPIC_HEADER = "dlt_topic";
    /** The partition of the record, in decimal. */
    public static final String PARTITION_HEADER = "dlt_partition";
    /** The offset of the record, in decimal. */
    public static final String OFFSET_HEADER = "dlt_offset";
    /** The {@link Stage} at which the record failed, in lower case. */
    public static final String STAGE_HEADER = "dlt_stage";
    /** The name of the class of what was thrown. */
    public static final String EXCEPTION_CLASS_HEADER = "dlt_exception_class";
    /** The message of what was thrown, cut at {@value #MESSAGE_LIMIT} characters. */
    public static final String EXCEPTION_MESSAGE_HEADER = "dlt_exception_message";

    private static final int MESSAGE_LIMIT = 500;
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    /** What was being done with a record when it failed. */
    public enum Stage {
        /** It was being read: no JSON, no type, another's key, another family's message. */
        DECODE,
        /** A {@link Fold} was folding it. */
        FOLD,
        /** A {@link CommandHandler} was handling it. */
        HANDLE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final RecordSender sender;
    private final MeterRegistry meters;

    DeadLetters(RecordSender sender, MeterRegistry meters) {
        this.sender = sender;
        this.meters = meters;
    }

    /**
     * Sends a record to the dead letters. Completes once Kafka has acknowledged it, or exceptionally with {@link
     * PublishFailedException}; until then its offset must not move.
     */
    CompletableFuture<Void> send(Topic topic, ConsumerRecord<byte[], byte[]> record, Stage stage, Exception reason) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                Topics.deadLetters(topic).name(), record.partition(), record.key(), record.value(), record.headers());
        put(letter.headers(), TOPIC_HEADER, record.topic());
        put(letter.headers(), PARTITION_HEADER, Integer.toString(record.partition()));
        put(letter.headers(), OFFSET_HEADER, Long.toString(record.offset()));
        put(letter.headers(), STAGE_HEADER, stage.wireName());
        put(letter.headers(), EXCEPTION_CLASS_HEADER, reason.getClass().getName());
        put(letter.headers(), EXCEPTION_MESSAGE_HEADER, shortened(reason));
        return sender.send(letter).thenRun(() -> count(record, stage, reason));
    }

    private void count(ConsumerRecord<byte[], byte[]> record, Stage stage, Exception reason) {
        meters.counter("lifeline.dead.letters", "topic", record.topic(), "stage", stage.wireName())
                .increment();
        log.warn(
                "Dead letter: {}-{}@{} failed at stage {} with {}; see {}.dlt",
                record.topic(),
                record.partition(),
                record.offset(),
                stage.wireName(),
                reason.getClass().getSimpleName(),
                record.topic());
    }

    private static String shortened(Exception reason) {
        String message = String.valueOf(reason.getMessage());
        return message.length() <= MESSAGE_LIMIT ? message : message.substring(0, MESSAGE_LIMIT);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(UTF_8));
    }
}
