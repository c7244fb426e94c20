package dev.lifeline.events;

import java.util.UUID;

/**
 * Anything that travels on a Lifeline topic: an event, a command or a state.
 *
 * <p>A message concerns exactly one user. All topics are partitioned by that user's id ({@link Topics#partitionOf}), so
 * that all messages about one user are in order.
 */
public sealed interface Message
        permits ConnectorEvent,
                ConnectorCommand,
                ConnectorHealthChanged,
                AutonomyCommand,
                AutonomyEvent,
                ActionEvent,
                UserEvent {

    /** The user whom this concerns, and by whose id its topic is partitioned. */
    UUID userId();

    /** The record's key on its topic: the user id in text, unless the topic says otherwise. */
    default String key() {
        return userId().toString();
    }
}
