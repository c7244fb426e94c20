package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.Message;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** Topics, a database and a runtime of a test's own, so that tests do not meet. */
final class Scene implements AutoCloseable {

    static final int PARTITIONS = 2;
    private static final Codec CODEC = new Codec();

    final Topic events;
    final Topic out;
    final Database database = Backends.postgres().freshDatabase();
    final HikariDataSource pool = database.pool();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final EventRuntime runtime;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<EventConsumer> started = new ArrayList<>();

    Scene() {
        this(new RuntimeSettings(
                new RuntimeSettings.TopicSettings(false, PARTITIONS, (short) 1),
                1,
                500,
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofSeconds(2)));
    }

    Scene(RuntimeSettings settings) {
        String name = "test." + UUID.randomUUID();
        events = new Topic(name + ".events", "user id", Duration.ofDays(1), true);
        out = new Topic(name + ".out", "user id", Duration.ofDays(1), true);
        Backends.kafka()
                .createTopics(List.of(
                        events.creation(PARTITIONS, (short) 1),
                        out.creation(PARTITIONS, (short) 1),
                        Topics.deadLetters(events).creation(PARTITIONS, (short) 1)));
        database.execute(tables());
        database.execute("CREATE TABLE folded (partition int, log_offset bigint, PRIMARY KEY (partition, log_offset))");
        runtime = runtime(settings, ObservationRegistry.NOOP);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Backends.kafka().bootstrapServers(), "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    EventRuntime runtime(RuntimeSettings settings, ObservationRegistry observations) {
        Map<String, Object> broker =
                Map.of("bootstrap.servers", Backends.kafka().bootstrapServers());
        // Instances that come and go hear of each other by the heartbeat.
        Map<String, Object> soon = new HashMap<>(broker);
        soon.put("heartbeat.interval.ms", 200);
        soon.put("fetch.max.wait.ms", 100);
        return new EventRuntime(
                "test", new KafkaClients(broker, soon, broker), settings, meters, observations, Clock.systemUTC());
    }

    /** A fold that notes what it folded, and hands each message on to {@link #out}. */
    NotingFold fold() {
        return new NotingFold(events, out);
    }

    <M extends Message> FoldRunner<M> start(Fold<M> fold, DataSource source) {
        FoldRunner<M> runner = runtime.run(fold, source);
        start(runner);
        return runner;
    }

    void start(EventConsumer consumer) {
        started.add(consumer);
        consumer.start();
    }

    static ConnectorPolled polled(UUID user, long attempt) {
        return new ConnectorPolled(user, "gmail", "sandbox", new UUID(1, 1), 1, attempt, 0, Duration.ofSeconds(5), 0);
    }

    /** Sends so many events, each of another user. */
    List<ConnectorPolled> send(int count) {
        List<ConnectorPolled> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ConnectorPolled event = polled(UUID.randomUUID(), i);
            sent.add(event);
            send(event);
        }
        producer.flush();
        return sent;
    }

    void send(Message message) {
        send(message.key(), Codec.typeOf(message), CODEC.encode(message), partition(message.userId()), null);
    }

    /** Sends what may be anything but a message; absent headers are left out. */
    @SuppressWarnings("FutureReturnValueIgnored") // flush() waits
    void send(String key, @Nullable String type, byte @Nullable [] value, int partition, @Nullable String traceparent) {
        ProducerRecord<byte[], byte[]> unsent =
                new ProducerRecord<>(events.name(), partition, key.getBytes(UTF_8), value);
        if (type != null) {
            new CloudEvent(UUID.randomUUID().toString(), type, URI.create("/test"), Instant.EPOCH, key, traceparent)
                    .writeTo(unsent.headers());
        }
        producer.send(unsent);
    }

    void flush() {
        producer.flush();
    }

    static int partition(UUID user) {
        return Topics.partitionOf(user, PARTITIONS);
    }

    /** Everything that lies on a topic now, partition after partition. */
    List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", Backends.kafka().bootstrapServers(), "fetch.max.wait.ms", 10),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(topic.name()).size();
            for (int partition = 0; partition < partitions; partition++) {
                TopicPartition at = new TopicPartition(topic.name(), partition);
                consumer.assign(List.of(at));
                consumer.seekToBeginning(List.of(at));
                long end = consumer.endOffsets(List.of(at)).getOrDefault(at, 0L);
                while (consumer.position(at) < end) {
                    consumer.poll(Duration.ofMillis(100)).forEach(all::add);
                }
            }
        }
        return all;
    }

    long folded() {
        return number("SELECT count(*) FROM folded");
    }

    /** A number, or 0 where the query finds none. */
    long number(String query) {
        String value = database.value(query);
        return value == null ? 0 : Long.parseLong(value);
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(30));
    }

    private static String tables() {
        try (InputStream sql = EventRuntime.class.getResourceAsStream("tables.sql")) {
            return new String(sql.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(EventConsumer::stop);
        runtime.close();
        producer.close();
        pool.close();
    }
}
