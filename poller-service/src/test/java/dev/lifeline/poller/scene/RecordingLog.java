package dev.lifeline.poller.scene;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.poller.application.EventLog;
import dev.lifeline.poller.application.UnavailableException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log in memory, which can be away. */
public final class RecordingLog implements EventLog {

    private final List<ConnectorEvent> events = new CopyOnWriteArrayList<>();
    private volatile boolean reachable = true;
    private volatile boolean taking = true;

    @Override
    public void publish(ConnectorEvent event) {
        if (!taking) {
            throw new UnavailableException("the log is away", null);
        }
        events.add(event);
    }

    @Override
    public boolean isReachable() {
        return reachable;
    }

    /** Is away, and is known to be. */
    public void away() {
        reachable = false;
        taking = false;
    }

    /** Seems to be there, but takes nothing. */
    public void refusing() {
        taking = false;
    }

    public void back() {
        reachable = true;
        taking = true;
    }

    public List<ConnectorEvent> events() {
        return List.copyOf(events);
    }

    /** All events of a type, in order. */
    public <E extends ConnectorEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public ConnectorEvent last() {
        return events.getLast();
    }

    public void clear() {
        events.clear();
    }
}
