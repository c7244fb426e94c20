package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.projector.domain.ConnectorHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Spares looking for overdue connectors while none can be. Nothing but the moment of looking depends on it, so it may be
 * wrong: it remembers what a transaction did that was rolled back, and knows nothing of what another instance folds, which
 * is why it looks now and then in any case.
 */
final class OverdueWatch {

    private static final Duration LONGEST_BLINK = Duration.ofSeconds(5);

    /**
     * A look reads the whole table. An index would spare that and cost every poll more: with one, writing rows took the
     * database 14 to 32 % longer, measured with 50,000 connectors. So at most one part in so many of the time is spent on it.
     */
    private static final int PARTS = 100;

    private final Map<Integer, Look> looks = new ConcurrentHashMap<>();

    /** When it was last looked, and when it is to be again, by the database's clock. */
    private record Look(Instant last, Instant next) {}

    boolean isTimeToLook(int partition, Instant now) {
        Look look = looks.get(partition);
        return look == null || now.isAfter(look.next()) || now.isBefore(look.last()); // the clock was set back
    }

    /**
     * Nothing was overdue.
     *
     * @param took how long it took to find that out
     */
    void looked(int partition, Instant now, Optional<Instant> nextDue, Duration took) {
        Instant earliest = now.plus(took.multipliedBy(PARTS));
        Instant latest = now.plus(LONGEST_BLINK);
        Instant due = nextDue.filter(latest::isAfter).orElse(latest);
        looks.put(partition, new Look(now, due.isBefore(earliest) ? earliest : due));
    }

    void lookAgainWhenDue(int partition, Collection<ConnectorHealth> changed) {
        Instant due = Instant.MAX;
        for (ConnectorHealth connector : changed) {
            if (connector.dueBy() != null && connector.dueBy().isBefore(due)) {
                due = connector.dueBy();
            }
        }
        Instant earliest = due;
        looks.computeIfPresent(
                partition, (any, look) -> earliest.isBefore(look.next()) ? new Look(look.last(), earliest) : look);
    }
}
