package dev.lifeline.projector.replay;

import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.projector.rebuild.CannotReplayException;
import dev.lifeline.runtime.KafkaClients;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The operator's access to both stores, as two files in {@code LIFELINE_HOME} have it: {@code kafka-admin.properties}, as
 * {@code kcat -F} reads it, and {@code postgres.properties}.
 */
public record OperatorAccess(KafkaClients kafka, PostgresAccess postgres) {

    /** @throws CannotReplayException when a file is missing, or lacks something */
    public static OperatorAccess in(Path home) {
        Properties kafka = read(home.resolve("kafka-admin.properties"));
        Properties postgres = read(home.resolve("postgres.properties"));
        Map<String, Object> clients = clients(kafka);
        return new OperatorAccess(
                new KafkaClients(clients, clients, clients),
                new PostgresAccess(
                        required(postgres, "host"),
                        Integer.parseInt(required(postgres, "port")),
                        required(postgres, "database"),
                        required(postgres, "user"),
                        required(postgres, "password")));
    }

    /** What librdkafka calls otherwise, in the words of the Java clients. */
    private static Map<String, Object> clients(Properties kcat) {
        Map<String, Object> clients = new HashMap<>();
        for (String name : kcat.stringPropertyNames()) {
            switch (name) {
                case "sasl.mechanisms" -> clients.put("sasl.mechanism", kcat.getProperty(name));
                case "sasl.username" -> clients.put("sasl.jaas.config", jaas(kcat));
                case "sasl.password" -> {
                    // goes with the name
                }
                default -> clients.put(name, kcat.getProperty(name));
            }
        }
        required(kcat, "bootstrap.servers");
        return clients;
    }

    private static String jaas(Properties kcat) {
        String mechanism = kcat.getProperty("sasl.mechanisms", kcat.getProperty("sasl.mechanism", "PLAIN"));
        String module = mechanism.startsWith("SCRAM") ? "scram.ScramLoginModule" : "plain.PlainLoginModule";
        return "org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
                .formatted(module, required(kcat, "sasl.username"), required(kcat, "sasl.password"));
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new CannotReplayException(
                    file + " can not be read; start Lifeline with ./lifeline up, or set LIFELINE_HOME to where it runs",
                    e);
        }
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new CannotReplayException("the operator's access to the stores lacks " + name);
        }
        return value.strip();
    }
}
