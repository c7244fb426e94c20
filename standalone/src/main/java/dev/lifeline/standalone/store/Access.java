package dev.lifeline.standalone.store;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/**
 * How somebody reaches Kafka.
 *
 * @param bootstrapServers the broker's address
 * @param user the user's name
 * @param password the user's password
 */
public record Access(String bootstrapServers, String user, String password) {

    /** As the Java clients' properties. */
    public Map<String, Object> clientProperties() {
        return Map.ofEntries(
                entry("bootstrap.servers", bootstrapServers),
                entry("security.protocol", "SASL_PLAINTEXT"),
                entry("sasl.mechanism", "PLAIN"),
                entry("sasl.jaas.config", Jaas.login(user, password)));
    }

    /** As the lines of a file that {@code kcat -F} reads. */
    List<String> kcatLines() {
        return List.of(
                "# The operator's access to Kafka: kcat -F FILE -L",
                "bootstrap.servers=" + bootstrapServers,
                "security.protocol=SASL_PLAINTEXT",
                "sasl.mechanism=PLAIN",
                "sasl.username=" + user,
                "sasl.password=" + password);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return user + "@" + bootstrapServers;
    }
}
