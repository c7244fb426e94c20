package dev.lifeline.poller.adapter.kafka;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Topics;
import dev.lifeline.poller.application.EventLog;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.runtime.PublishFailedException;
import dev.lifeline.runtime.Publisher;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Facts on {@code lifeline.connector.events}. After an event that Kafka did not take, none is offered for a while; after one
 * that it took, it is believed to be there for a moment without asking.
 */
public final class KafkaEventLog implements EventLog {

    private static final Duration BELIEVED = Duration.ofSeconds(2);
    private static final Duration SHUNNED = Duration.ofSeconds(2);

    private final Publisher publisher;
    private final Predicate<String> writable;
    // By the clock that nobody sets.
    private volatile long goodUntil = System.nanoTime();
    private volatile long badUntil = goodUntil;

    /** @param writable asks Kafka whether a topic can be written to; blocks for a few seconds at most */
    public KafkaEventLog(Publisher publisher, Predicate<String> writable) {
        this.publisher = publisher;
        this.writable = writable;
    }

    @Override
    public void publish(ConnectorEvent event) {
        try {
            publisher.publish(event);
            goodUntil = System.nanoTime() + BELIEVED.toNanos();
        } catch (PublishFailedException e) {
            goodUntil = System.nanoTime();
            badUntil = System.nanoTime() + SHUNNED.toNanos();
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public boolean isReachable() {
        long now = System.nanoTime();
        if (now - badUntil < 0) {
            return false;
        }
        if (now - goodUntil < 0) {
            return true;
        }
        boolean reachable = writable.test(Topics.CONNECTOR_EVENTS.name());
        if (reachable) {
            goodUntil = System.nanoTime() + BELIEVED.toNanos();
        }
        return reachable;
    }
}
