package dev.lifeline.projector.domain;

import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorEvent.Claimed;
import dev.lifeline.events.ConnectorEvent.ConnectorEnabled;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.ConnectorEvent.Consented;
import dev.lifeline.events.ConnectorEvent.Failed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a connector's state follows from the one before: every column, once it is decided that the event counts. */
final class Transitions {

    /** Nobody waits longer; keeps a time of which a database knows nothing from being made. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(366);

    /** At most one change that an event causes is of a connector that can become stale, and that has ordinal 0. */
    private static final int STALE_ORDINAL = 1;

    private final Duration grace;

    Transitions(Duration grace) {
        this.grace = grace;
    }

    boolean isNewConsent(ConnectorHealth now, Claimed event) {
        return event.generation() > now.grant().generation();
    }

    /** A connector that is new, or was removed and begins again; dead from the start when its grant is. */
    ConnectorHealth begun(@Nullable ConnectorHealth hidden, Consented event, @Nullable Verdict death, Fact fact) {
        Verdict verdict = withDeath(Verdict.OK, death);
        return new ConnectorHealth(
                event.userId(),
                event.connectorName(),
                new Grant(event.provider(), event.account(), event.grantId(), event.generation()),
                event.attempt(),
                verdict,
                event.consecutiveFailures(),
                null,
                null,
                dueBy(verdict, event, fact),
                fact.time(),
                null,
                hidden == null ? 1 : hidden.version() + 1,
                fact.at());
    }

    /** A removed connector takes the attempt, so that a repeated event is known for what it is, and nothing else. */
    ConnectorHealth whileHidden(ConnectorHealth hidden, Claimed event, Fact fact) {
        return new ConnectorHealth(
                hidden.userId(),
                hidden.name(),
                hidden.grant(),
                event.attempt(),
                hidden.verdict(),
                hidden.consecutiveFailures(),
                hidden.lastSuccessAt(),
                hidden.lastFailureAt(),
                null,
                hidden.changedAt(),
                hidden.removedAt(),
                hidden.version() + 1,
                fact.at());
    }

    /** @param death of which the grant died in the event's generation, as other connectors know */
    ConnectorHealth outcome(ConnectorHealth now, Claimed event, @Nullable Verdict death, Fact fact) {
        Verdict verdict = verdict(now, event, death);
        boolean removed = event instanceof ConnectorRemoved;
        return new ConnectorHealth(
                now.userId(),
                now.name(),
                grant(now, event),
                event.attempt(),
                verdict,
                event.consecutiveFailures(),
                event instanceof ConnectorPolled ? fact.time() : now.lastSuccessAt(),
                event instanceof Failed ? fact.time() : now.lastFailureAt(),
                removed ? null : dueBy(verdict, event, fact),
                changedAt(now, verdict, fact.time()),
                removed ? fact.time() : null,
                now.version() + 1,
                fact.at());
    }

    /** Whether what happened to a grant tells a connector anything: a revocation may be told twice. */
    boolean isNews(ConnectorHealth now, long generation, Happening blow) {
        return generation > now.grant().generation()
                || !ConditionTable.next(now.verdict(), blow).equals(now.verdict());
    }

    ConnectorHealth struck(ConnectorHealth now, long generation, Happening blow, Fact fact) {
        Verdict verdict = ConditionTable.next(now.verdict(), blow);
        return new ConnectorHealth(
                now.userId(),
                now.name(),
                now.grant().raisedTo(generation),
                now.attempt(),
                verdict,
                now.consecutiveFailures(),
                now.lastSuccessAt(),
                fact.time(),
                polled(verdict) ? now.dueBy() : null,
                changedAt(now, verdict, fact.time()),
                null,
                now.version() + 1,
                fact.at());
    }

    /** Stale since the outcome was due, by the position of the event whose successor did not come. */
    Change staleness(ConnectorHealth now) {
        Instant since = Objects.requireNonNull(now.dueBy());
        ConnectorHealth after = new ConnectorHealth(
                now.userId(),
                now.name(),
                now.grant(),
                now.attempt(),
                now.verdict().stale(),
                now.consecutiveFailures(),
                now.lastSuccessAt(),
                now.lastFailureAt(),
                since,
                since,
                null,
                now.version() + 1,
                now.source());
        return new Change(now, after, Kind.CONDITION_CHANGED, since, now.source(), STALE_ORDINAL, true);
    }

    private Verdict verdict(ConnectorHealth now, Claimed event, @Nullable Verdict death) {
        boolean newer = isNewConsent(now, event);
        if (event instanceof Consented && !newer) {
            return now.verdict().beneathStaleness();
        }
        boolean forgets = newer && event instanceof ConnectorEnabled;
        Verdict known = forgets ? now.verdict().ofOlderConsent() : now.verdict();
        Verdict next = ConditionTable.next(known, Happening.of(event));
        boolean asksForDeath = event instanceof Consented || event instanceof ConnectorEnabled;
        return asksForDeath ? withDeath(next, death) : next;
    }

    private static Verdict withDeath(Verdict verdict, @Nullable Verdict death) {
        return death == null ? verdict : ConditionTable.next(verdict, Happening.death(death.errorCode()));
    }

    /**
     * A connector that awaits consent stays in the generation whose consent is gone until it hears of a newer one, which
     * would else look like a repetition.
     */
    private Grant grant(ConnectorHealth now, Claimed event) {
        if (event instanceof Consented consent) {
            return new Grant(consent.provider(), consent.account(), consent.grantId(), consent.generation());
        }
        boolean waits = now.verdict().wantsConsent() && !Happening.of(event).tellsOfConsent();
        return waits ? now.grant() : now.grant().raisedTo(event.generation());
    }

    private @Nullable Instant dueBy(Verdict verdict, Claimed event, Fact fact) {
        if (!polled(verdict)) {
            return null;
        }
        Duration wait = event.nextPollIn().isNegative() ? Duration.ZERO : event.nextPollIn();
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return fact.time().plus(bounded).plus(grace).truncatedTo(ChronoUnit.MICROS);
    }

    private static boolean polled(Verdict verdict) {
        return verdict.condition() != Condition.NEEDS_REAUTH && verdict.condition() != Condition.DISABLED;
    }

    private static Instant changedAt(ConnectorHealth now, Verdict verdict, Instant time) {
        return now.condition() == verdict.condition() ? now.changedAt() : time;
    }
}
