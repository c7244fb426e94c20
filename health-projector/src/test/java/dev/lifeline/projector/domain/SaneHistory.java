package dev.lifeline.projector.domain;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.Claimed;
import dev.lifeline.events.FailureClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a well-behaved poller would publish about two connectors on one grant, as a list of numbers says. Offsets have room
 * between them for what a misbehaving one adds.
 */
final class SaneHistory {

    static final int ROOM = 1_000;
    private static final List<String> NAMES = List.of("gmail", "google-calendar");

    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, Long> attempts = new TreeMap<>();
    private final Map<String, Long> announced = new HashMap<>();
    private final Map<String, Boolean> enabled = new HashMap<>();
    private Instant now = History.START;
    private long generation = 1;

    static List<Fact> of(List<Integer> choices) {
        SaneHistory history = new SaneHistory();
        NAMES.forEach(history::announce);
        choices.forEach(history::next);
        return history.facts;
    }

    private void next(int choice) {
        String name = NAMES.get(choice % NAMES.size());
        int what = (choice / 2) % 20;
        now = now.plusMillis(1 + (choice % 97) * 1_000L);
        if (what == 0) {
            generation++;
        } else if (what == 1) {
            add(History.revoked(generation));
        } else if (what == 2) {
            enabled.put(name, false);
            add(History.disabled(name, generation, attempt(name), null));
        } else if (what == 3) {
            enabled.put(name, true);
            add(History.enabled(name, generation, attempt(name), null));
        } else if (what == 4) {
            add(History.removed(name, generation, attempt(name), null));
            generation++;
            enabled.put(name, true);
        } else if (enabled.getOrDefault(name, true)) {
            if (announced.getOrDefault(name, 0L) < generation) {
                announce(name);
            } else {
                add(outcome(name, what));
            }
        }
    }

    private ConnectorEvent outcome(String name, int what) {
        return switch (what) {
            case 5 -> History.refreshFailed(name, generation, attempt(name), FailureClass.REAUTH, "invalid_grant");
            case 6 -> History.refreshFailed(name, generation, attempt(name), FailureClass.ADMIN, "admin_policy");
            case 7 -> History.refreshFailed(name, generation, attempt(name), FailureClass.CONFIG, "invalid_client");
            case 8 -> History.refreshFailed(name, generation, attempt(name), FailureClass.TRANSIENT, "http_503");
            case 9 -> History.pollFailed(name, generation, attempt(name), FailureClass.REAUTH, "insufficient_scope");
            case 10 -> History.pollFailed(name, generation, attempt(name), FailureClass.TRANSIENT, "rate_limited");
            default -> History.polled(name, generation, attempt(name));
        };
    }

    private void announce(String name) {
        boolean first = !announced.containsKey(name);
        announced.put(name, generation);
        add(
                first
                        ? History.connected(name, generation, attempt(name))
                        : History.reauthorized(name, generation, attempt(name)));
    }

    private long attempt(String name) {
        return attempts.merge(name, 1L, Long::sum);
    }

    private void add(ConnectorEvent event) {
        facts.add(new Fact(event, now, History.at((facts.size() + 1L) * ROOM)));
    }

    /**
     * The history with what a poller that lost its lease may add to it: events that it published before, and others under
     * attempts that are over.
     */
    static List<Fact> withZombies(List<Fact> sane, List<Integer> choices) {
        List<Fact> all = new ArrayList<>(sane);
        for (int choice : choices) {
            int position = choice % sane.size();
            Fact original = sane.get(position);
            // a revocation has no attempt: repeated after a consent of its generation, it is told to more connectors
            int reach = original.event() instanceof Claimed ? sane.size() - position : 1;
            int later = position + (choice / 7) % reach;
            Fact host = sane.get(later);
            ConnectorEvent zombie = choice % 3 == 0 ? original.event() : other(original.event(), choice);
            long offset = host.at().offset() + 1 + choice % (ROOM - 1);
            all.add(new Fact(zombie, host.time().plus(Duration.ofNanos(1_000)), History.at(offset)));
        }
        all.sort(java.util.Comparator.comparingLong(fact -> fact.at().offset()));
        return all;
    }

    private static ConnectorEvent other(ConnectorEvent original, int choice) {
        if (!(original instanceof Claimed claimed)) {
            return original;
        }
        String name = claimed.connectorName();
        long generation = claimed.generation();
        long attempt = claimed.attempt();
        return switch (choice % 6) {
            case 0 -> History.refreshFailed(name, generation, attempt, FailureClass.REAUTH, "late");
            case 1 -> History.removed(name, generation, attempt, null);
            case 2 -> History.disabled(name, generation, attempt, null);
            case 3 -> History.reauthorized(name, generation, attempt);
            case 4 -> History.pollFailed(name, generation, attempt, FailureClass.CONFIG, "late");
            default -> History.polled(name, generation, attempt);
        };
    }
}
