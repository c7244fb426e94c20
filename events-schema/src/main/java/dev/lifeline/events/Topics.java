package dev.lifeline.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;

/**
 * The topics: names, keys, retention. They are created from here, and nowhere else are they described.
 *
 * <p>All have the same number of partitions and are partitioned by user id, whatever their key is, so that partition
 * <i>n</i> of each concerns the same users.
 */
public final class Topics {

    /** How many partitions each topic has, unless the operator chose otherwise before the first start. */
    public static final int DEFAULT_PARTITIONS = 4;

    /** How long facts are kept. */
    public static final Duration FACT_RETENTION = Duration.ofDays(400);

    private static final Duration COMMAND_RETENTION = Duration.ofDays(30);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    /** {@link ConnectorEvent}s. */
    public static final Topic CONNECTOR_EVENTS =
            new Topic("lifeline.connector.events", "user id", FACT_RETENTION, true);

    /** {@link ConnectorHealthChanged}, or a tombstone once the connector is removed. */
    public static final Topic CONNECTOR_HEALTH =
            new Topic("lifeline.connector.health", "userId/connectorName", null, true);

    /** {@link ConnectorCommand}s. */
    public static final Topic CONNECTOR_COMMANDS =
            new Topic("lifeline.connector.commands", "user id", COMMAND_RETENTION, true);

    /** {@link AutonomyCommand}s. */
    public static final Topic AUTONOMY_COMMANDS =
            new Topic("lifeline.autonomy.commands", "user id, or operator", COMMAND_RETENTION, true);

    /** {@link AutonomyEvent}s. */
    public static final Topic AUTONOMY_EVENTS =
            new Topic("lifeline.autonomy.events", "user id, or operator", FACT_RETENTION, true);

    /** {@link ActionEvent}s. */
    public static final Topic ACTION_EVENTS = new Topic("lifeline.action.events", "user id", FACT_RETENTION, true);

    /** {@link UserEvent}s. */
    public static final Topic USER_EVENTS = new Topic("lifeline.user.events", "user id", null, true);

    private static final List<Topic> ALL = List.of(
            CONNECTOR_EVENTS,
            CONNECTOR_HEALTH,
            CONNECTOR_COMMANDS,
            AUTONOMY_COMMANDS,
            AUTONOMY_EVENTS,
            ACTION_EVENTS,
            USER_EVENTS,
            deadLetters(CONNECTOR_EVENTS),
            deadLetters(CONNECTOR_HEALTH),
            deadLetters(CONNECTOR_COMMANDS),
            deadLetters(AUTONOMY_COMMANDS),
            deadLetters(AUTONOMY_EVENTS),
            deadLetters(ACTION_EVENTS),
            deadLetters(USER_EVENTS));

    private Topics() {}

    /** Every topic, the dead letters' too. */
    public static List<Topic> all() {
        return ALL;
    }

    /**
     * Where records of that topic go which can not be understood: the original bytes, the reason in headers. It takes
     * records of twice the size, so that the largest one fits with those headers.
     */
    public static Topic deadLetters(Topic topic) {
        return new Topic(topic.name() + ".dlt", topic.key(), DEAD_LETTER_RETENTION, false, 2 * topic.maxMessageBytes());
    }

    /** The partition, of so many, in which all that concerns a user lies. The rule of Kafka's default partitioner. */
    public static int partitionOf(UUID userId, int partitions) {
        byte[] key = userId.toString().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** The topic on which a message travels. */
    public static Topic of(Message message) {
        return switch (message) {
            case ConnectorEvent event -> CONNECTOR_EVENTS;
            case ConnectorCommand command -> CONNECTOR_COMMANDS;
            case ConnectorHealthChanged state -> CONNECTOR_HEALTH;
            case AutonomyCommand command -> AUTONOMY_COMMANDS;
            case AutonomyEvent event -> AUTONOMY_EVENTS;
            case ActionEvent event -> ACTION_EVENTS;
            case UserEvent event -> USER_EVENTS;
        };
    }
}
