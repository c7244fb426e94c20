package dev.lifeline.projector.domain;

import dev.lifeline.events.ConnectorEvent.Claimed;
import dev.lifeline.events.ConnectorEvent.Commanded;
import dev.lifeline.events.ConnectorEvent.ConnectorCommandRejected;
import dev.lifeline.events.ConnectorEvent.Consented;
import dev.lifeline.events.ConnectorEvent.GrantRevoked;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an event makes of a user's connectors. A pure function: the same events in the same order give the same state,
 * timeline and messages, however they are cut into batches and whenever they are folded.
 *
 * <ol>
 *   <li>An event of a lower generation than the connector's, or of an attempt not above it, changes nothing.
 *   <li>A permanent refusal of a refresh, and a revocation, strike every connector on the grant. Only generations are
 *       compared for those that the event does not name, and they keep their attempt.
 *   <li>Only consent creates a connector, and only consent of a higher generation brings back a removed one.
 *   <li>The rest is in the {@link ConditionTable}.
 * </ol>
 *
 * <p>An outcome that comes after it was due proves that the connector had been stale; so does the clock, through
 * {@link #overdue}. Both give the same change.
 */
public final class ConnectorFold {

    private final Transitions transitions;

    /** @param grace how long after its time an outcome may come without being overdue */
    public ConnectorFold(Duration grace) {
        transitions = new Transitions(grace);
    }

    /** What an event comes to for its user's connectors. */
    public Folded fold(Connectors connectors, Fact fact) {
        return switch (fact.event()) {
            case ConnectorCommandRejected rejected -> Folded.answering(rejection(rejected, fact));
            case GrantRevoked revoked -> revoked(connectors, revoked, fact);
            case Claimed claimed -> claimed(connectors, claimed, fact);
        };
    }

    /** The change to stale that is due by a time; empty when the connector is not overdue, or already stale. */
    public Optional<Change> overdue(ConnectorHealth connector, Instant time) {
        return connector.overdueAt(time) ? Optional.of(transitions.staleness(connector)) : Optional.empty();
    }

    private Folded claimed(Connectors connectors, Claimed event, Fact fact) {
        @Nullable CommandAnswer answer = answer(event, fact);
        @Nullable ConnectorHealth now = connectors.named(event.connectorName());
        if (now != null && event.generation() < now.grant().generation()) {
            return Folded.ignoring(Ignored.LOWER_GENERATION, answer);
        }
        if (now != null && event.attempt() <= now.attempt()) {
            return Folded.ignoring(Ignored.ATTEMPT_NOT_ABOVE, answer);
        }
        Changes changes = new Changes(transitions, fact);
        foldInto(changes, connectors, now, event);
        if (event instanceof OAuthRefreshFailed failed && concernsGrant(failed)) {
            Happening blow = Happening.failure(failed.failureClass(), failed.errorCode());
            for (ConnectorHealth connector : connectors.livingOn(failed.grantId())) {
                if (!connector.name().equals(failed.connectorName())) {
                    strike(changes, connector, failed.generation(), blow);
                }
            }
        }
        return changes.isEmpty()
                ? Folded.ignoring(Ignored.NO_CONNECTOR, answer)
                : Folded.changing(changes.all(), answer);
    }

    private void foldInto(Changes changes, Connectors connectors, @Nullable ConnectorHealth now, Claimed event) {
        if (now == null || now.hidden()) {
            if (event instanceof Consented consent && (now == null || transitions.isNewConsent(now, event))) {
                changes.begin(now, consent, connectors.deathOf(event));
            } else if (now != null) {
                changes.whileHidden(now, event);
            }
        } else {
            changes.outcome(now, event, connectors.deathOf(event));
        }
    }

    private Folded revoked(Connectors connectors, GrantRevoked event, Fact fact) {
        List<ConnectorHealth> living = connectors.livingOn(event.grantId());
        Changes changes = new Changes(transitions, fact);
        for (ConnectorHealth connector : living) {
            strike(changes, connector, event.generation(), Happening.death(event.errorCode()));
        }
        if (changes.isEmpty()) {
            return Folded.ignoring(whyIgnored(living, event), null);
        }
        return Folded.changing(changes.all(), null);
    }

    private static void strike(Changes changes, ConnectorHealth connector, long generation, Happening blow) {
        if (generation >= connector.grant().generation()) {
            changes.strike(connector, generation, blow);
        }
    }

    private static Ignored whyIgnored(List<ConnectorHealth> living, GrantRevoked event) {
        if (living.isEmpty()) {
            return Ignored.NO_CONNECTOR;
        }
        return living.stream()
                        .anyMatch(connector ->
                                event.generation() >= connector.grant().generation())
                ? Ignored.KNOWN_ALREADY
                : Ignored.LOWER_GENERATION;
    }

    private static boolean concernsGrant(OAuthRefreshFailed event) {
        return event.permanent() && event.failureClass().permanent();
    }

    /** A command that was carried out is answered, even where its event came too late to change anything. */
    private static @Nullable CommandAnswer answer(Claimed event, Fact fact) {
        return event instanceof Commanded commanded && commanded.commandId() != null
                ? new CommandAnswer(
                        event.userId(),
                        commanded.commandId(),
                        event.connectorName(),
                        null,
                        null,
                        fact.time(),
                        fact.at())
                : null;
    }

    private static CommandAnswer rejection(ConnectorCommandRejected event, Fact fact) {
        return new CommandAnswer(
                event.userId(), event.commandId(), event.connectorName(), null, event.reason(), fact.time(), fact.at());
    }
}
