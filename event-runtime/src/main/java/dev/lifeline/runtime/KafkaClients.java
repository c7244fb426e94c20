package dev.lifeline.runtime;

import dev.lifeline.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * The one place where Kafka's clients are configured. What correctness rests on is set here and can not be set otherwise;
 * what is a matter of taste has a default here, which {@code spring.kafka.*} overrides.
 *
 * <table>
 * <caption>Fixed</caption>
 * <tr><td>{@code acks=all}, {@code enable.idempotence=true}</td><td>published is what every in-sync replica has, once and in
 * order</td></tr>
 * <tr><td>{@code max.request.size} is twice that of a topic</td><td>a record of any size that a topic takes can go to the
 * dead letters, with the headers that say why; one that could not would stop its partition for ever</td></tr>
 * <tr><td>{@code enable.auto.commit=false}</td><td>an offset moves when the work is done, never by a timer</td></tr>
 * <tr><td>{@code auto.offset.reset=none} for folds</td><td>their offsets lie in PostgreSQL; a gap must stop them, not be
 * skipped</td></tr>
 * <tr><td>{@code auto.offset.reset=earliest} for commands</td><td>a new consumer group carries out what was asked before it
 * first started</td></tr>
 * <tr><td>{@code allow.auto.create.topics=false}</td><td>see {@link TopicCreation}</td></tr>
 * </table>
 */
public final class KafkaClients {

    private final Map<String, Object> producer;
    private final Map<String, Object> consumer;
    private final Map<String, Object> admin;

    /** Clients with the given settings, named as Kafka names them. */
    public KafkaClients(Map<String, Object> producer, Map<String, Object> consumer, Map<String, Object> admin) {
        this.producer = Map.copyOf(producer);
        this.consumer = Map.copyOf(consumer);
        this.admin = Map.copyOf(admin);
    }

    /** Clients of a broker that asks for no identity. */
    public static KafkaClients of(String bootstrapServers) {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return new KafkaClients(settings, settings, settings);
    }

    /**
     * Clients with the operator's access, as the file {@code kafka-admin.properties} has it in the form that {@code kcat -F}
     * reads. For commands that people wait for: a broker that does not answer is given up after some seconds.
     *
     * @param home the directory of that file, {@code LIFELINE_HOME}
     * @throws LogUnreachableException when there is none, or it does not say how
     */
    public static KafkaClients ofOperator(Path home) {
        Map<String, Object> settings = KcatFile.read(home.resolve("kafka-admin.properties"));
        settings.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaClients(settings, settings, settings);
    }

    /**
     * The longest that publishing may take, until it has succeeded or failed for good: {@code max.block.ms} twice, for the
     * partitions of the topic and for room to send in, then {@code delivery.timeout.ms}.
     *
     * @throws IllegalArgumentException when the producer's settings are none, or contradict each other
     */
    public Duration longestPublish() {
        Map<String, Object> settings = ProducerConfig.configDef().parse(producerSettings());
        long delivery = millis(settings, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        long request = millis(settings, ProducerConfig.LINGER_MS_CONFIG)
                + millis(settings, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        if (delivery < request) {
            throw new IllegalArgumentException("the producer's delivery.timeout.ms is " + delivery
                    + " and must be at least its linger.ms and request.timeout.ms together, " + request);
        }
        return Duration.ofMillis(2 * millis(settings, ProducerConfig.MAX_BLOCK_MS_CONFIG) + delivery);
    }

    /** Where consumers look for the brokers, as people call it. */
    String servers() {
        return String.valueOf(consumer.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
    }

    ProducerFactory<byte[], byte[]> producers() {
        return new DefaultKafkaProducerFactory<>(producerSettings());
    }

    private static long millis(Map<String, Object> settings, String name) {
        return ((Number) Objects.requireNonNull(settings.get(name))).longValue();
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> settings = new HashMap<>();
        // Latency first: what gathers while requests are under way is batched all the same.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.putAll(producer);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * Topic.DEFAULT_MAX_MESSAGE_BYTES);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    /** Consumers that keep their offsets themselves and take all they can get at once. */
    ConsumerFactory<byte[], byte[]> foldConsumers(int maxPollRecords) {
        Map<String, Object> settings = consumerDefaults();
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 * 1024 * 1024);
        settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, 1024 * 1024);
        settings.putAll(consumer);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return consumers(settings);
    }

    /** A consumer that reads what is there, and at its end waits for nothing; its positions are the caller's. */
    Consumer<byte[], byte[]> reader(int maxPollRecords) {
        Properties soon = new Properties();
        soon.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        return foldConsumers(maxPollRecords).createConsumer(null, "reader", null, soon);
    }

    /** Consumers whose offsets are the group's. */
    ConsumerFactory<byte[], byte[]> commandConsumers() {
        Map<String, Object> settings = consumerDefaults();
        settings.putAll(consumer);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return consumers(settings);
    }

    Admin admin() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.putAll(admin);
        return Admin.create(settings);
    }

    private static Map<String, Object> consumerDefaults() {
        Map<String, Object> settings = new HashMap<>();
        // A dead instance's partitions are taken over after this long; a partition that stays is not interrupted.
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return settings;
    }

    private static ConsumerFactory<byte[], byte[]> consumers(Map<String, Object> settings) {
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return new DefaultKafkaConsumerFactory<>(settings);
    }
}
