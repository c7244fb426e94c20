package dev.lifeline.poller.application.polling;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.ConnectorKind;
import dev.lifeline.poller.application.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the schedule: a {@link Lane} for each kind of connector. Several instances share one schedule by the leases in the
 * store; each takes what it can start.
 */
public final class Scheduler implements AutoCloseable {

    private final Map<String, Lane> lanes = new TreeMap<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Duration drain;

    /**
     * @param slots how many connectors of a provider this instance polls at a time
     * @throws IllegalArgumentException when those are fewer than a provider has kinds
     */
    public Scheduler(
            Catalogue catalogue, int slots, Connectors connectors, PollConnector polling, EventLog log, Pacing pacing) {
        catalogue.kinds().stream()
                .collect(groupingBy(ConnectorKind::provider, mapping(ConnectorKind::name, toList())))
                .forEach((provider, kinds) -> {
                    Slots shared = new Slots(provider, slots, kinds);
                    kinds.forEach(kind -> lanes.put(kind, new Lane(kind, shared, connectors, polling, log, pacing)));
                });
        this.drain = pacing.callTimeout().multipliedBy(2);
    }

    /** Begins. Not again after {@link #close()}. */
    public void start() {
        lanes.forEach((name, lane) -> threads.add(
                Thread.ofPlatform().daemon().name("schedule-" + name).start(lane)));
    }

    /** Something may have become due, such as by a consent. */
    public void nudge() {
        lanes.values().forEach(Lane::nudge);
    }

    /** Whether every kind is being polled, or waits for the log or the store: none of the lanes has ended or fails. */
    public boolean isWorking() {
        return threads.size() == lanes.size()
                && threads.stream().allMatch(Thread::isAlive)
                && lanes.values().stream().noneMatch(Lane::isFailing);
    }

    /** Whether there is a connector to be polled, now or later, as far as is known. */
    public boolean hasWork() {
        return lanes.values().stream().anyMatch(Lane::hasWork);
    }

    /** Claims nothing more, and lets the attempts that are under way end, for as long as a poll and a refresh may take. */
    @Override
    public void close() {
        lanes.values().forEach(Lane::stop);
        try {
            for (Thread thread : threads) {
                thread.join(drain);
            }
            for (Lane lane : lanes.values()) {
                lane.awaitIdle(drain);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
