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
 * Facts on {@code lifeline.connector.events}. After an event that Kafka did not take, none is offered for a while, and for
 * longer each time until it takes one: a log may have leaders and refuse writes, for want of replicas. After one that it took,
 * it is believed to be there for a moment without asking.
 */
public final class KafkaEventLog implements EventLog {

    private static final Duration BELIEVED = Duration.ofSeconds(2);
    private static final Duration SHUNNED_FIRST = Duration.ofSeconds(2);
    private static final Duration SHUNNED_LONGEST = Duration.ofMinutes(1);

    private final Publisher publisher;
    private final Predicate<String> writable;
    // By the clock that nobody sets.
    private volatile long goodUntil = System.nanoTime();
    private volatile long badUntil = goodUntil;
    private Duration shunned = SHUNNED_FIRST;

    /** @param writable asks Kafka whether a topic can be written to; blocks for a few seconds at most */
    public KafkaEventLog(Publisher publisher, Predicate<String> writable) {
        this.publisher = publisher;
        this.writable = writable;
    }

    @Override
    public void publish(ConnectorEvent event) {
        long began = System.nanoTime();
        try {
            publisher.publish(event);
            taken();
        } catch (PublishFailedException e) {
            refused(began);
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private synchronized void taken() {
        goodUntil = System.nanoTime() + BELIEVED.toNanos();
        shunned = SHUNNED_FIRST;
    }

    private synchronized void refused(long began) {
        long now = System.nanoTime();
        goodUntil = now;
        if (began - badUntil >= 0) { // what was under way with the last that was refused tells nothing new
            badUntil = now + shunned.toNanos();
            Duration longer = shunned.multipliedBy(2);
            shunned = longer.compareTo(SHUNNED_LONGEST) < 0 ? longer : SHUNNED_LONGEST;
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
