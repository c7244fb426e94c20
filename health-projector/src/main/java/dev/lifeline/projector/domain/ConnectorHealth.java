package dev.lifeline.projector.domain;

import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.SourcePosition;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One connector of one user: a row of the read model. Times are of microseconds, as the database keeps them.
 *
 * @param attempt of the newest event about this very connector
 * @param consecutiveFailures failures in a row
 * @param dueBy when the next outcome is overdue; absent for what is not polled
 * @param changedAt when the condition last changed
 * @param removedAt since when it is hidden; absent while it is not
 * @param version rises with each change
 * @param source the newest event that this reflects
 */
public record ConnectorHealth(
        UUID userId,
        String name,
        Grant grant,
        long attempt,
        Verdict verdict,
        int consecutiveFailures,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastFailureAt,
        @Nullable Instant dueBy,
        Instant changedAt,
        @Nullable Instant removedAt,
        long version,
        SourcePosition source) {

    public Condition condition() {
        return verdict.condition();
    }

    /** Whether it was removed; it then only remembers what keeps late events from reviving it. */
    public boolean hidden() {
        return removedAt != null;
    }

    /** Whether its next outcome is overdue, and that has not been noted yet. */
    boolean overdueAt(Instant time) {
        return dueBy != null && verdict.canBecomeStale() && time.isAfter(dueBy);
    }

    /** This state as subscribers see it; the account is not in it. */
    public ConnectorHealthChanged toMessage() {
        return new ConnectorHealthChanged(
                userId,
                name,
                grant.provider(),
                grant.id(),
                grant.generation(),
                attempt,
                condition().status(),
                condition(),
                verdict.failureClass(),
                verdict.errorCode(),
                consecutiveFailures,
                lastSuccessAt,
                lastFailureAt,
                dueBy,
                changedAt,
                version,
                source);
    }
}
