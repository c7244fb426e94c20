package dev.lifeline.standalone.store;

import java.util.Map;
import java.util.TreeMap;

/** Kafka's way of writing credentials. Passwords here have no character that would need quoting. */
final class Jaas {

    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private Jaas() {}

    /** What a client logs in with. */
    static String login(String user, String password) {
        return MODULE + " username=\"" + user + "\" password=\"" + password + "\";";
    }

    /** What a listener lets in, and what the broker itself logs in with at another one. */
    static String listener(String broker, String brokerPassword, Map<String, String> users) {
        StringBuilder config =
                new StringBuilder(MODULE).append(" username=\"" + broker + "\" password=\"" + brokerPassword + "\"");
        new TreeMap<>(users).forEach((user, password) -> config.append(" user_" + user + "=\"" + password + "\""));
        return config.append(';').toString();
    }
}
