package dev.lifeline.bench.fold;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.embedded.EmbeddedKafka;
import dev.lifeline.embedded.EmbeddedPostgres;
import dev.lifeline.embedded.Listener;
import dev.lifeline.embedded.Ports;
import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.flywaydb.core.Flyway;

/** The two stores, the same for all who compete in them; every run gets an empty database. */
final class Arena implements AutoCloseable {

    static final int PARTITIONS = 4;

    private static final int MOST_UNACKNOWLEDGED = 20_000;
    private static final String SCHEMA = "read_model";
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final Map<String, String> topics = new HashMap<>();
    private final Codec codec = new Codec();
    private int databases;

    Arena(Path directory) {
        kafka = EmbeddedKafka.in(directory.resolve("kafka"))
                .listener(Listener.plaintext("BENCH", Ports.free()))
                // members of a group who start together begin together
                .setting("group.initial.rebalance.delay.ms", "1000")
                .build();
        postgres = EmbeddedPostgres.in(directory.resolve("postgres"))
                .durable(true)
                .setting("shared_buffers", "256MB")
                .setting("max_wal_size", "4GB")
                .build();
    }

    void start() throws Exception {
        // PostgreSQL is a process of its own, which would outlive a Ctrl-C
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        kafka.start();
        postgres.start();
        create(Topics.all());
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The topic that holds a workload; filled when it is first asked for. */
    Topic topicOf(Workload workload) throws Exception {
        String name =
                "bench-" + workload.rows() + "-" + workload.eventsPerRow() + (workload.inRounds() ? "-rounds" : "");
        Topic topic = new Topic(name, "user id", Topics.FACT_RETENTION, true);
        if (topics.putIfAbsent(name, name) == null) {
            create(List.of(topic, Topics.deadLetters(topic)));
            fill(topic, workload.stream());
        }
        return topic;
    }

    List<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(n -> new TopicPartition(topic.name(), n))
                .toList();
    }

    /** An empty database with the read model's schema. Whatever the one before left to be written is written first. */
    HikariDataSource freshDatabase() throws SQLException {
        String name = "bench_" + databases++;
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("CHECKPOINT");
        }
        HikariDataSource database = pool(name);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/read_model")
                .defaultSchema(SCHEMA)
                .placeholders(Map.of("reader", EmbeddedPostgres.SUPERUSER))
                .load()
                .migrate();
        return database;
    }

    private HikariDataSource pool(String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl(name));
        config.setUsername(EmbeddedPostgres.SUPERUSER);
        config.setPassword("postgres");
        config.setSchema(SCHEMA);
        config.setMaximumPoolSize(6);
        return new HikariDataSource(config);
    }

    private void create(List<Topic> wanted) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(wanted.stream()
                            .map(topic -> topic.creation(PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private void fill(Topic topic, Stream<ConnectorEvent> events) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "linger.ms",
                20,
                "batch.size",
                256 * 1024,
                "acks",
                "all",
                // a partition that is just being made may refuse the first request and take the second
                "max.in.flight.requests.per.connection",
                1);
        URI source = URI.create("/lifeline/poller-service");
        Instant now = Instant.now();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            events.forEach(event -> {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        topic.name(),
                        Topics.partitionOf(event.userId(), PARTITIONS),
                        event.key().getBytes(StandardCharsets.UTF_8),
                        codec.encode(event));
                new CloudEvent(UUID.randomUUID().toString(), Codec.typeOf(event), source, now, event.key(), null)
                        .writeTo(record.headers());
                sent.add(producer.send(record));
                if (sent.size() == MOST_UNACKNOWLEDGED) {
                    await(sent);
                }
            });
            await(sent);
        }
    }

    private static void await(List<Future<RecordMetadata>> sent) {
        try {
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the topic could not be filled", e);
        }
        sent.clear();
    }

    @Override
    public void close() {
        postgres.close();
        kafka.close();
    }
}
