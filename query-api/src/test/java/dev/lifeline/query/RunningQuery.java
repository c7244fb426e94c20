package dev.lifeline.query;

import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import dev.lifeline.testing.KafkaBackend;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** query-api, started as it is in earnest, on a port of its own, over a real database and broker. */
public final class RunningQuery implements AutoCloseable {

    /** The key that it shares with the poller. */
    public static final byte[] TICKET_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ConfigurableApplicationContext context;

    private RunningQuery(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** One that all test classes share, with what it depends on. */
    public static Surroundings shared() {
        return Surroundings.SHARED;
    }

    /** What it depends on, and the service itself. */
    public record Surroundings(Database database, ReadModelTables tables, TestIssuer issuer, RunningQuery service) {

        static final Surroundings SHARED = start();

        private static Surroundings start() {
            KafkaBackend kafka = Backends.kafka();
            kafka.createTopics(Topics.all().stream()
                    .map(topic -> topic.creation(ReadModelTables.PARTITIONS, (short) 1))
                    .toList());
            Database database = Backends.postgres().freshDatabase();
            ReadModelTables tables = ReadModelTables.in(database);
            TestIssuer issuer = TestIssuer.start();
            return new Surroundings(database, tables, issuer, RunningQuery.start(database, kafka, issuer, Map.of()));
        }

        /** A second one beside it, on the same database, that test classes share as well. */
        public RunningQuery second() {
            return Second.SHARED;
        }

        /** One more, for one test, with settings of its own. */
        public RunningQuery another(Map<String, Object> settings) {
            return RunningQuery.start(database, Backends.kafka(), issuer, settings);
        }
    }

    private static final class Second {
        static final RunningQuery SHARED = shared().another(Map.of());
    }

    static RunningQuery start(Database database, KafkaBackend kafka, TestIssuer issuer, Map<String, Object> settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        properties.put(
                "spring.r2dbc.url",
                "r2dbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name());
        properties.put("spring.r2dbc.password", "lifeline_query");
        properties.put("spring.flyway.url", database.jdbcUrl());
        properties.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
        properties.put("lifeline.runtime.topics.create", false);
        properties.put("lifeline.public-url", "http://127.0.0.1:8080");
        properties.put("lifeline.ticket-key", Base64.getEncoder().encodeToString(TICKET_KEY));
        properties.put("lifeline.poll-interval", "5s");
        properties.put("lifeline.connectors.gmail.provider", "sandbox");
        properties.put("lifeline.connectors.google-calendar.provider", "sandbox");
        properties.put("lifeline.query.sign-in.name", "sandbox");
        properties.put("lifeline.query.sign-in.issuer", issuer.uri().toString());
        properties.put("lifeline.query.sign-in.client-id", "lifeline");
        properties.put("lifeline.query.sign-in.client-secret", "sandbox-secret-web");
        properties.putAll(settings);
        return new RunningQuery(new SpringApplicationBuilder(QueryApplication.class)
                .properties("spring.config.name=" + QueryApplication.CONFIGURATION)
                .run(properties.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new)));
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** A client that sends nothing of its own accord. */
    public WebTestClient http() {
        return WebTestClient.bindToServer()
                .baseUrl(uri().toString())
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** A client with that bearer token. */
    public WebTestClient http(String token) {
        return http().mutate().defaultHeader("Authorization", "Bearer " + token).build();
    }

    @Override
    public void close() {
        context.close();
    }
}
