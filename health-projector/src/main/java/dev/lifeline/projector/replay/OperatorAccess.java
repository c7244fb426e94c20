package dev.lifeline.projector.replay;

import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.projector.rebuild.CannotReplayException;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.LogUnreachableException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The operator's access to both stores, as two files in {@code LIFELINE_HOME} have it: {@code kafka-admin.properties}, as
 * {@code kcat -F} reads it, and {@code postgres.properties}.
 */
public record OperatorAccess(KafkaClients kafka, PostgresAccess postgres) {

    /** @throws CannotReplayException when a file is missing, or lacks something */
    public static OperatorAccess in(Path home) {
        Properties postgres = read(home.resolve("postgres.properties"));
        return new OperatorAccess(
                kafka(home),
                new PostgresAccess(
                        required(postgres, "host"),
                        Integer.parseInt(required(postgres, "port")),
                        required(postgres, "database"),
                        required(postgres, "user"),
                        required(postgres, "password")));
    }

    private static KafkaClients kafka(Path home) {
        try {
            return KafkaClients.ofOperator(home);
        } catch (LogUnreachableException e) {
            throw new CannotReplayException(String.valueOf(e.getMessage()), e);
        }
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
