package dev.lifeline.poller.adapter.kafka;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Topics;
import dev.lifeline.poller.application.EventLog;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.runtime.PublishFailedException;
import dev.lifeline.runtime.Publisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private final Clock clock;
    private volatile Instant goodUntil = Instant.MIN;
    private volatile Instant badUntil = Instant.MIN;

    /** @param writable asks Kafka whether a topic can be written to; blocks for a few seconds at most */
    public KafkaEventLog(Publisher publisher, Predicate<String> writable, Clock clock) {
        this.publisher = publisher;
        this.writable = writable;
        this.clock = clock;
    }

    @Override
    public void publish(ConnectorEvent event) {
        try {
            publisher.publish(event);
            goodUntil = clock.instant().plus(BELIEVED);
        } catch (PublishFailedException e) {
            goodUntil = Instant.MIN;
            badUntil = clock.instant().plus(SHUNNED);
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public boolean isReachable() {
        Instant now = clock.instant();
        if (now.isBefore(badUntil)) {
            return false;
        }
        if (now.isBefore(goodUntil)) {
            return true;
        }
        boolean reachable = writable.test(Topics.CONNECTOR_EVENTS.name());
        if (reachable) {
            goodUntil = clock.instant().plus(BELIEVED);
        }
        return reachable;
    }
}
