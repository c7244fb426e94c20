package dev.lifeline.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A file that {@code kcat -F} reads, as properties of the Java clients: the operator's access to Kafka. */
final class KcatFile {

    private static final String PLAIN = "PLAIN";

    private KcatFile() {}

    static Map<String, Object> read(Path file) {
        Map<String, String> lines = lines(file);
        Map<String, Object> settings = new HashMap<>();
        lines.forEach((name, value) -> {
            switch (name) {
                case "metadata.broker.list" -> settings.put("bootstrap.servers", value);
                case "security.protocol" -> settings.put(name, value.toUpperCase(Locale.ROOT));
                case "sasl.mechanism", "sasl.mechanisms" -> settings.put("sasl.mechanism", value);
                case "ssl.ca.location" -> {
                    settings.put("ssl.truststore.type", "PEM");
                    settings.put("ssl.truststore.location", value);
                }
                case "sasl.username" -> settings.put("sasl.jaas.config", login(lines));
                case "sasl.password" -> {}
                default -> settings.put(name, value);
            }
        });
        if (!settings.containsKey("bootstrap.servers")) {
            throw new LogUnreachableException(file + " names no bootstrap.servers; write one line with it");
        }
        return settings;
    }

    private static String login(Map<String, String> lines) {
        String mechanism = lines.getOrDefault("sasl.mechanism", lines.getOrDefault("sasl.mechanisms", PLAIN));
        String module = mechanism.equals(PLAIN) ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return "org.apache.kafka.common.security." + module + " required username="
                + quoted(lines.getOrDefault("sasl.username", "")) + " password="
                + quoted(lines.getOrDefault("sasl.password", "")) + ";";
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Map<String, String> lines(Path file) {
        Map<String, String> lines = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#")) {
                    lines.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                }
            }
        } catch (NoSuchFileException e) {
            throw new LogUnreachableException(
                    "there is no " + file
                            + "; start Lifeline with ./lifeline up, or set LIFELINE_HOME to where it runs",
                    e);
        } catch (IOException e) {
            throw new LogUnreachableException(file + " can not be read: " + e + "; it says how Kafka is reached", e);
        }
        return lines;
    }
}
