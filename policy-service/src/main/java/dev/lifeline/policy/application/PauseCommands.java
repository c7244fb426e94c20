package dev.lifeline.policy.application;

import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.ResolveUnreadable;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.UnreadableResolved;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.rule.Wellformed;
import dev.lifeline.policy.application.Autonomy.StoredPause;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The brake: pulled, and released. */
final class PauseCommands {

    private static final StoredPause NEVER = new StoredPause(false, 0, 0, Instant.EPOCH, Operator.ID, null);

    AutonomyEvent pause(Ledger ledger, PauseAutonomy command, Instant at) {
        Wellformed.demandReason(command.reason());
        Wellformed.demand(command.scope());
        demandScope(command.userId(), command.scope());
        StoredPause before = current(ledger, command.userId(), command.scope());
        if (before.inForce()) {
            return paused(command.userId(), command.commandId(), command.scope(), before);
        }
        StoredPause pause =
                new StoredPause(true, before.version() + 1, ledger.next(), at, command.actor(), command.reason());
        save(ledger, command.userId(), command.scope(), pause);
        return paused(command.userId(), command.commandId(), command.scope(), pause);
    }

    AutonomyEvent resume(Ledger ledger, ResumeAutonomy command, Instant at) {
        demandScope(command.userId(), command.scope());
        StoredPause pause = current(ledger, command.userId(), command.scope());
        if (pause.inForce() && pause.version() != command.version()) {
            throw new RejectedException(
                    "another_pause",
                    "The pause that this would lift is not the one in force; look again, and resume that.");
        }
        if (pause.inForce()) {
            save(ledger, command.userId(), command.scope(), pause.lifted());
            if (!command.userId().equals(Operator.ID)) {
                ledger.reconsider(command.userId());
            }
        }
        return resumed(ledger, command.userId(), command.commandId(), command.scope(), command.actor(), at, pause);
    }

    AutonomyEvent resolve(Ledger ledger, ResolveUnreadable command) {
        if (!ledger.resolveUnreadable(command.source())) {
            throw new RejectedException("unknown", "Nothing there withholds anything.");
        }
        return new UnreadableResolved(command.userId(), command.commandId(), command.source(), ledger.next());
    }

    /**
     * Makes of what the instances report one lever for people to see, and tells when it has changed. The operator's control
     * state must be held exclusively.
     */
    static Optional<AutonomyEvent> observeLever(Ledger ledger, boolean pulled, Instant at) {
        StoredPause before = current(ledger, Operator.ID, PauseScope.ENVIRONMENT);
        if (pulled == before.inForce()) {
            return Optional.empty();
        }
        StoredPause after = pulled
                ? new StoredPause(true, before.version() + 1, ledger.next(), at, Operator.ID, null)
                : before.lifted();
        save(ledger, Operator.ID, PauseScope.ENVIRONMENT, after);
        if (pulled) {
            return Optional.of(paused(Operator.ID, null, PauseScope.ENVIRONMENT, after));
        }
        return Optional.of(resumed(ledger, Operator.ID, null, PauseScope.ENVIRONMENT, Operator.ID, at, after));
    }

    static boolean leverMoved(Ledger ledger, boolean pulled) {
        return pulled != current(ledger, Operator.ID, PauseScope.ENVIRONMENT).inForce();
    }

    private static void demandScope(UUID userId, PauseScope scope) {
        Wellformed.demandLiftable(scope);
        if (!userId.equals(Operator.ID) && scope.kind() != PauseScope.Kind.EVERYTHING) {
            throw new RejectedException("malformed", "scope.kind must be everything; only the operator pauses parts");
        }
    }

    private static StoredPause current(Ledger ledger, UUID userId, PauseScope scope) {
        if (!userId.equals(Operator.ID)) {
            StoredPause own = ledger.autonomy(userId).pause();
            return own == null ? NEVER : own;
        }
        return ledger.operatorPauses().stream()
                .filter(each -> each.scope().equals(scope))
                .map(OperatorPause::pause)
                .findFirst()
                .orElse(NEVER);
    }

    private static void save(Ledger ledger, UUID userId, PauseScope scope, StoredPause pause) {
        if (userId.equals(Operator.ID)) {
            ledger.save(new OperatorPause(scope, pause));
        } else {
            ledger.save(userId, ledger.autonomy(userId).with(pause));
        }
    }

    private static AutonomyPaused paused(UUID userId, @Nullable UUID commandId, PauseScope scope, StoredPause pause) {
        return new AutonomyPaused(
                userId, commandId, scope, pause.by(), pause.reason(), pause.at(), pause.version(), pause.sequence());
    }

    private static AutonomyResumed resumed(
            Ledger ledger,
            UUID userId,
            @Nullable UUID commandId,
            PauseScope scope,
            UUID actor,
            Instant at,
            StoredPause pause) {
        return new AutonomyResumed(userId, commandId, scope, actor, at, pause.version(), ledger.next());
    }
}
