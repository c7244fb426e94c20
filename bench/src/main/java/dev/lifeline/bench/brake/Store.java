package dev.lifeline.bench.brake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The operator's access to the stores of what {@code up} has started. */
final class Store {

    private final Properties kafka;
    private final Properties postgres;

    Store(Path home) throws IOException {
        kafka = read(home.resolve("kafka-admin.properties"));
        postgres = read(home.resolve("postgres.properties"));
    }

    /** As Kafka's own clients take it. */
    Map<String, Object> kafka() {
        return Map.of(
                "bootstrap.servers",
                kafka.getProperty("bootstrap.servers"),
                "security.protocol",
                kafka.getProperty("security.protocol"),
                "sasl.mechanism",
                kafka.getProperty("sasl.mechanism"),
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(kafka.getProperty("sasl.username"), kafka.getProperty("sasl.password")));
    }

    /** As one more instance of policy-service takes both. */
    Map<String, String> ofPolicyService() {
        Map<String, String> settings = new HashMap<>();
        kafka().forEach((name, value) -> settings.put("spring.kafka.properties." + name, String.valueOf(value)));
        settings.put("spring.kafka.bootstrap-servers", kafka.getProperty("bootstrap.servers"));
        settings.put(
                "spring.datasource.url",
                "jdbc:postgresql://%s:%s/%s"
                        .formatted(
                                postgres.getProperty("host"),
                                postgres.getProperty("port"),
                                postgres.getProperty("database")));
        settings.put("spring.datasource.username", postgres.getProperty("user"));
        settings.put("spring.datasource.password", postgres.getProperty("password"));
        settings.put("lifeline.runtime.topics.create", "false");
        return settings;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
