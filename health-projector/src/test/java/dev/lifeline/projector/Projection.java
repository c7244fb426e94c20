package dev.lifeline.projector;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.adapter.kafka.ActionFold;
import dev.lifeline.projector.adapter.kafka.AutonomyFold;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.ErasureFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.adapter.kafka.Versioned;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.domain.Batch;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.projector.domain.ConnectorHealth;
import dev.lifeline.projector.domain.Fact;
import dev.lifeline.runtime.AtOnce;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.FoldRunner;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.RuntimeSettings;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import dev.lifeline.testing.KafkaBackend;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;

/**
 * The real fold in the real runtime, over a database of a test's own, and topics to which each test adds: a test folds what
 * those before it sent, too.
 */
public final class Projection implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final Codec CODEC = new Codec();

    public final Database server = Backends.postgres().freshDatabase();
    public final Database database = ReadModelSchema.in(server);
    final HikariDataSource pool = database.pool();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final KafkaBackend kafka;
    private final Duration grace;
    private final ConnectorFold fold;
    public final EventRuntime runtime;
    private final Map<Integer, Long> heardFrom = new HashMap<>();
    private final List<FoldRunner<?>> started = new ArrayList<>();

    public Projection(Duration grace) {
        this(grace, Backends.kafka());
    }

    public Projection(Duration grace, KafkaBackend kafka) {
        this.kafka = kafka;
        kafka.createTopics(Topics.all().stream()
                .map(topic -> topic.creation(PARTITIONS, (short) 1))
                .toList());
        for (ConsumerRecord<byte[], byte[]> record : read(Topics.CONNECTOR_HEALTH)) {
            heardFrom.put(record.partition(), record.offset() + 1);
        }
        this.grace = grace;
        fold = new ConnectorFold(grace);
        runtime = newRuntime(meters, kafka, 100);
    }

    /** Another, as another process has one. */
    public static EventRuntime newRuntime() {
        return newRuntime(100);
    }

    /** @param maxPollRecords how many records one transaction may fold */
    public static EventRuntime newRuntime(int maxPollRecords) {
        return newRuntime(new SimpleMeterRegistry(), Backends.kafka(), maxPollRecords);
    }

    private static EventRuntime newRuntime(SimpleMeterRegistry meters, KafkaBackend kafka, int maxPollRecords) {
        return new EventRuntime(
                "health-projector",
                KafkaClients.of(kafka.bootstrapServers()),
                new RuntimeSettings(
                        new RuntimeSettings.TopicSettings(false, PARTITIONS, (short) 1),
                        1,
                        maxPollRecords,
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2)),
                meters,
                ObservationRegistry.NOOP,
                Clock.systemUTC());
    }

    public void publish(Stream<? extends Message> events) {
        events.forEach(runtime.publisher()::publish);
    }

    /** Has the topics of facts take what a record's producer says for its time, and keep it however old it is. */
    public void keepOldTimes() throws Exception {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Topic topic : List.of(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS)) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    Stream.of(
                                    new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime"),
                                    new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1"))
                            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                            .toList());
        }
        try (var admin = kafka.admin()) {
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    /** Publishes as it was at a time; after {@link #keepOldTimes}. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is flushed
    public void publishAt(Instant time, Stream<? extends Message> events) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            events.forEach(event -> {
                String topic = Topics.of(event).name();
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        topic,
                        runtime.publisher().partitionOf(event.userId(), topic),
                        time.toEpochMilli(),
                        event.key().getBytes(StandardCharsets.UTF_8),
                        CODEC.encode(event));
                new CloudEvent(
                                UUID.randomUUID().toString(),
                                Codec.typeOf(event),
                                URI.create("/test"),
                                time,
                                event.key(),
                                null)
                        .writeTo(record.headers());
                producer.send(record);
            });
            producer.flush();
        }
    }

    /** Sends a record that is no JSON, and one of a type that nobody knows yet. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is flushed
    public void sendUnreadable(Topic topic) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String type : List.of("lifeline.autonomy-paused.v1", "lifeline.of-tomorrow.v9")) {
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>(topic.name(), 0, new byte[] {'k'}, new byte[] {'{'});
                record.headers().add(CloudEvent.TYPE_HEADER, type.getBytes(StandardCharsets.UTF_8));
                producer.send(record);
            }
            producer.flush();
        }
    }

    FoldRunner<ConnectorEvent> start() {
        return start(pool);
    }

    FoldRunner<ConnectorEvent> start(DataSource source) {
        FoldRunner<ConnectorEvent> runner =
                runtime.run(Versioned.today(new ConnectorHealthFold(fold, new FoldMetrics(meters)), grace), source);
        started.add(runner);
        runner.start();
        return runner;
    }

    /** All folds, as the service runs them. */
    public void startAll() {
        start();
        List.of(Versioned.today(new AutonomyFold()), Versioned.today(new ActionFold()), new ErasureFold())
                .forEach(this::start);
    }

    private void start(Fold<?> other) {
        FoldRunner<?> runner = runtime.run(other, pool);
        started.add(runner);
        runner.start();
    }

    /** What the whole log comes to, folded in memory in one go. */
    Batch expected() {
        Batch batch = new Batch(fold, Map.of());
        for (ConsumerRecord<byte[], byte[]> record : read(Topics.CONNECTOR_EVENTS)) {
            CODEC.decode(type(record), record.value())
                    .ifPresent(message -> batch.fold(new Fact(
                            (ConnectorEvent) message,
                            Instant.ofEpochMilli(record.timestamp()),
                            new SourcePosition(record.topic(), record.partition(), record.offset()))));
        }
        return batch;
    }

    /** Waits until each of these topics has been read to its end. */
    public void awaitRead(Topic... topics) {
        for (Topic topic : topics) {
            long sent = endOf(topic);
            eventually()
                    .until(() -> number("SELECT coalesce(sum(next_offset), 0) FROM projection_offset WHERE topic = '"
                                    + topic.name() + "'")
                            == sent);
        }
    }

    void awaitAllFolded() {
        long sent = endOf(Topics.CONNECTOR_EVENTS);
        eventually().until(() -> number("SELECT coalesce(sum(next_offset), 0) FROM projection_offset") == sent);
        eventually().until(() -> number("SELECT count(*) FROM outbox") == 0);
    }

    /** What subscribers heard since this began, by key, without what was said twice; empty text: a tombstone. */
    Map<String, List<String>> heard() {
        Map<String, Map<String, String>> byKey = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : heardRecords()) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            String id = String.valueOf(CloudEvent.header(record.headers(), CloudEvent.ID_HEADER));
            byKey.computeIfAbsent(key, first -> new LinkedHashMap<>()).put(id, text(record));
        }
        Map<String, List<String>> heard = new TreeMap<>();
        byKey.forEach((key, values) -> heard.put(key, List.copyOf(values.values())));
        return heard;
    }

    List<ConsumerRecord<byte[], byte[]>> heardRecords() {
        return read(Topics.CONNECTOR_HEALTH).stream()
                .filter(record -> record.offset() >= heardFrom.getOrDefault(record.partition(), 0L))
                .toList();
    }

    /** What subscribers ought to hear. */
    static Map<String, List<String>> heardOf(Batch batch) {
        Map<String, List<String>> heard = new TreeMap<>();
        batch.published().forEach(change -> {
            ConnectorHealthChanged message = change.after().toMessage();
            heard.computeIfAbsent(message.key(), first -> new ArrayList<>())
                    .add(change.removal() ? "" : new String(CODEC.encode(message), StandardCharsets.UTF_8));
        });
        return heard;
    }

    /** The end offsets of all partitions together. */
    private long endOf(Topic topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions(topic)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    public static List<TopicPartition> partitions(Topic topic) {
        return Stream.iterate(0, n -> n + 1)
                .limit(PARTITIONS)
                .map(n -> new TopicPartition(topic.name(), n))
                .toList();
    }

    public List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    List<ConnectorHealth> rows(List<UUID> users) throws SQLException {
        try (Connection connection = database.connect()) {
            return new PostgresReadModel(connection)
                    .connectorsOf(users).values().stream()
                            .flatMap(connectors -> connectors.all().stream())
                            .toList();
        }
    }

    public long number(String query) {
        return Long.parseLong(String.valueOf(database.value(query)));
    }

    public static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() {
        AtOnce.forEach(started, FoldRunner::stop);
        runtime.close();
        pool.close();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
    }

    private static String type(ConsumerRecord<byte[], byte[]> record) {
        return String.valueOf(CloudEvent.header(record.headers(), CloudEvent.TYPE_HEADER));
    }
}
