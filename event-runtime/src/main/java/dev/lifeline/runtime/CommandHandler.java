package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import dev.lifeline.events.Topic;

/**
 * Carries out the commands of a topic, each at least once, those of one user in order. A bean of this type is all that a
 * service needs: {@link CommandConsumer} feeds it.
 *
 * @param <C> the family of messages on the topic
 */
public interface CommandHandler<C extends Message> {

    /** The consumer group. Never changes. */
    String name();

    /** The topic that is read. */
    Topic topic();

    /** What lies on the topic. A record that is another family's is dead-lettered. */
    Class<C> family();

    /**
     * Carries out one command. To return is to have done it; the offset moves on. A command may come again after a crash,
     * and must have its effect once.
     *
     * <p>Throwing {@link TransientFailureException}, or Spring's or JDBC's exceptions for a database that is away: it is
     * tried again, for ever, backing off, and the partition waits. Throwing anything else: it goes to the dead letters, and
     * the partition goes on.
     */
    void handle(Received<C> command);
}
