package dev.lifeline.projector.replay;

import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.projector.rebuild.CannotReplayException;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.LogUnreachableException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.springframework.boot.convert.DurationStyle;

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

    /**
     * How long an outcome may be overdue before its connector is stale, {@code LIFELINE_PROJECTOR_GRACE} as health-projector
     * has it: part of the fold, so a replay with another comes to other rows.
     *
     * @throws CannotReplayException when it is no duration
     */
    public static Duration grace(Map<String, String> environment) {
        String set = environment.getOrDefault("LIFELINE_PROJECTOR_GRACE", "10s");
        try {
            return DurationStyle.detectAndParse(set);
        } catch (IllegalArgumentException e) {
            throw new CannotReplayException("LIFELINE_PROJECTOR_GRACE is '" + set + "', which is no duration", e);
        }
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
