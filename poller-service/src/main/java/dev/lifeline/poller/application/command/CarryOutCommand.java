package dev.lifeline.poller.application.command;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.ConnectorCommand;
import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorCommand.EnableConnector;
import dev.lifeline.events.ConnectorCommand.RemoveConnector;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorCommandRejected;
import dev.lifeline.events.ConnectorEvent.ConnectorDisabled;
import dev.lifeline.events.ConnectorEvent.ConnectorEnabled;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.poller.application.EventLog;
import dev.lifeline.poller.application.Revocation;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.poller.application.command.CommandedConnectors.Effect;
import dev.lifeline.poller.application.polling.Connectors;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries out what users ask of their connectors: takes a claim of its own, publishes the answer, then saves. A poll that is
 * under way meanwhile is overtaken by that claim, and its outcome counts no more.
 *
 * <p>A command that comes again after its answer was saved changes nothing; one whose answer was published but not saved is
 * answered again, under a higher attempt.
 */
public final class CarryOutCommand {

    private final CommandedConnectors commanded;
    private final Connectors connectors;
    private final EventLog log;
    private final Revocation revocation;
    private final Duration lease;
    private final Runnable due;

    /** @param due told when a command has made a connector due */
    public CarryOutCommand(
            CommandedConnectors commanded,
            Connectors connectors,
            EventLog log,
            Revocation revocation,
            Duration lease,
            Runnable due) {
        this.commanded = commanded;
        this.connectors = connectors;
        this.log = log;
        this.revocation = revocation;
        this.lease = lease;
        this.due = due;
    }

    /** Carries out a command; returns once it is answered. Throws {@link UnavailableException} to be tried again. */
    public void carryOut(ConnectorCommand command) {
        if (commanded.wasAnswered(command.commandId())) {
            return;
        }
        if (command.actorRole() != ActorRole.USER || !command.actor().equals(command.userId())) {
            reject(command, "Only its owner can change a connector.");
            return;
        }
        boolean answered = false;
        while (!answered) {
            answered = answer(command) || commanded.wasAnswered(command.commandId());
        }
    }

    /** False when the claim was overtaken, maybe by the same command elsewhere, or was needed to publish a consent first. */
    private boolean answer(ConnectorCommand command) {
        Optional<Claim> claimed = commanded.claim(command.userId(), command.connectorName(), lease);
        if (claimed.isEmpty()) {
            reject(command, "There is no connector " + command.connectorName() + "; it may have been removed already.");
            return true;
        }
        Claim claim = claimed.get();
        if (claim.announces()) {
            Conclusion announced = Conclusion.announced(claim);
            log.publish(announced.event());
            connectors.conclude(claim, announced);
            return false;
        }
        log.publish(event(claim, command));
        Optional<Effect> effect = commanded.save(claim, command);
        effect.ifPresent(it -> {
            if (it.abandoned() != null) {
                revocation.revoke(claim.provider(), it.abandoned());
            }
        });
        due.run();
        return effect.isPresent();
    }

    private void reject(ConnectorCommand command, String reason) {
        log.publish(
                new ConnectorCommandRejected(command.userId(), command.connectorName(), command.commandId(), reason));
        commanded.answered(command);
    }

    private static ConnectorEvent.Claimed event(Claim claim, ConnectorCommand command) {
        int failures = claim.breaker().failures();
        UUID id = command.commandId();
        return switch (command) {
            case DisableConnector disable -> claim.event(ConnectorDisabled::new, failures, Duration.ZERO, id);
            case EnableConnector enable -> claim.event(ConnectorEnabled::new, 0, Duration.ZERO, id);
            case RemoveConnector remove -> claim.event(ConnectorRemoved::new, failures, Duration.ZERO, id);
        };
    }
}
