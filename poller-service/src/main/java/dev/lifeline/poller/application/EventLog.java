package dev.lifeline.poller.application;

import dev.lifeline.events.ConnectorEvent;

/** Where facts are put. Blocking, thread-safe. */
public interface EventLog {

    /**
     * Puts an event into the log; once this returns it is there for good.
     *
     * @throws UnavailableException when it was not acknowledged in time; it may be there all the same
     */
    void publish(ConnectorEvent event);

    /** Whether an event would be taken now. Asked before a provider is called for one. */
    boolean isReachable();
}
