package dev.lifeline.bench.fold;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.AllConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.converters.ByteArrayConverter;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.storage.FileOffsetBackingStore;
import org.jspecify.annotations.Nullable;

/**
 * The peer: Debezium's JDBC sink on Kafka Connect, in this process, tuned as its documentation says: batches as large as ours,
 * reduced to one change a row, inserted through unnest, one task for each partition that a core can serve. It keeps the newest
 * event of each connector in a row, and nothing else.
 */
final class DebeziumSink implements Contestant, AutoCloseable {

    private static final String TABLE = """
            CREATE TABLE public.connector_event (user_id uuid, connector_name text, provider text, grant_id uuid,
                generation bigint, attempt bigint, consecutive_failures int, failure_class text, error_code text,
                PRIMARY KEY (user_id, connector_name))
            """;

    private final Path plugins;
    private final Path scratch;
    private @Nullable StandaloneHerder herder;
    private int runs;

    DebeziumSink(Path plugins, Path scratch) {
        this.plugins = plugins;
        this.scratch = scratch;
    }

    @Override
    public String name() {
        return "Debezium JDBC sink: rows";
    }

    @Override
    public double run(Arena arena, Workload workload) throws Exception {
        StandaloneHerder connect = herder == null ? start(arena) : herder;
        herder = connect;
        Topic topic = arena.topicOf(workload);
        String name = "sink-" + runs++;
        try (HikariDataSource database = arena.freshDatabase()) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(TABLE);
            }
            CompletableFuture<Object> started = new CompletableFuture<>();
            connect.putConnectorConfig(name, settings(name, topic, database), true, (failure, created) -> {
                if (failure == null) {
                    started.complete(created);
                } else {
                    started.completeExceptionally(failure);
                }
            });
            started.get();
            try {
                return Race.watch(workload.events(), 250, () -> {
                    failIfFailed(connect, name);
                    // each event has an attempt one higher than the one before it
                    return LifelineFold.number(
                            database, "SELECT coalesce(sum(attempt), 0) FROM public.connector_event");
                });
            } finally {
                CompletableFuture<Object> stopped = new CompletableFuture<>();
                connect.deleteConnectorConfig(name, (failure, deleted) -> stopped.complete(name));
                stopped.get();
            }
        }
    }

    private StandaloneHerder start(Arena arena) throws Exception {
        if (!Files.isDirectory(plugins)) {
            throw new IllegalStateException(
                    "the peers' libraries are not in " + plugins + "; ./lifeline bench puts them there");
        }
        Map<String, String> settings = new HashMap<>(Map.of(
                "bootstrap.servers", arena.bootstrapServers(),
                "key.converter", ByteArrayConverter.class.getName(),
                "value.converter", EventConverter.class.getName(),
                "plugin.path", plugins.toString(),
                "plugin.discovery", "hybrid_warn",
                "offset.storage.file.filename",
                        scratch.resolve("connect.offsets").toString(),
                "connector.client.config.override.policy", "All"));
        Plugins isolated = new Plugins(settings);
        StandaloneConfig config = new StandaloneConfig(settings);
        ConnectorClientConfigOverridePolicy policy = new AllConnectorClientConfigOverridePolicy();
        ByteArrayConverter keys = new ByteArrayConverter();
        keys.configure(Map.of(), true);
        FileOffsetBackingStore offsets = new FileOffsetBackingStore(keys);
        offsets.configure(config);
        Worker worker = new Worker("bench", Time.SYSTEM, isolated, config, offsets, policy);
        StandaloneHerder started = new StandaloneHerder(worker, "bench", policy);
        started.start();
        return started;
    }

    private static Map<String, String> settings(String name, Topic topic, HikariDataSource database) {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", name);
        settings.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        settings.put("tasks.max", Integer.toString(LifelineFold.THREADS));
        settings.put("topics", topic.name());
        settings.put("connection.url", Objects.requireNonNull(database.getJdbcUrl()));
        settings.put("connection.username", database.getUsername());
        settings.put("connection.password", database.getPassword());
        settings.put("insert.mode", "upsert");
        settings.put("primary.key.mode", "record_value");
        settings.put("primary.key.fields", "user_id,connector_name");
        settings.put("schema.evolution", "none");
        settings.put("collection.name.format", "public.connector_event");
        settings.put("batch.size", "5000");
        settings.put("use.reduction.buffer", "true");
        settings.put(
                "dialect.postgres.unnest.insert.enabled", System.getProperty("lifeline.bench.debezium.unnest", "true"));
        settings.put("consumer.override.max.poll.records", "5000");
        settings.put("consumer.override.max.partition.fetch.bytes", Integer.toString(8 * 1024 * 1024));
        settings.put("consumer.override.auto.offset.reset", "earliest");
        return settings;
    }

    private static void failIfFailed(StandaloneHerder connect, String name) {
        connect.connectorStatus(name).tasks().stream()
                .filter(task -> task.state().equals("FAILED"))
                .findFirst()
                .ifPresent(task -> {
                    throw new IllegalStateException("the peer failed: " + task.trace());
                });
    }

    @Override
    public void close() {
        if (herder != null) {
            herder.stop();
        }
    }
}
