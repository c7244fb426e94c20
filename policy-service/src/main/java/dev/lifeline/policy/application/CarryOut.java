package dev.lifeline.policy.application;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.ApproveAction;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.PutPolicy;
import dev.lifeline.events.AutonomyCommand.RejectAction;
import dev.lifeline.events.AutonomyCommand.RemovePolicy;
import dev.lifeline.events.AutonomyCommand.ResolveUnreadable;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.AutonomyCommand.SetTrustTier;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Operator;
import dev.lifeline.events.rule.MalformedException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands. Whoever wrote one has checked who asked; here it is checked again: users are asked by themselves
 * alone, and what concerns everybody by an operator alone.
 */
public final class CarryOut {

    private final PauseCommands pauses;
    private final SettingsCommands settings;
    private final ApprovalCommands approvals;

    public CarryOut(Judge judge, Expire expire, Supplier<UUID> ids) {
        this.pauses = new PauseCommands();
        this.settings = new SettingsCommands();
        this.approvals = new ApprovalCommands(judge, expire, ids);
    }

    /**
     * Carries out one command; one that comes again has no effect. The control state of whom it concerns must be held
     * exclusively.
     *
     * @param at when it was asked, by the broker's clock
     * @return what is to be told about autonomy; what became of actions, the ledger is told
     */
    public List<AutonomyEvent> carryOut(Ledger ledger, AutonomyCommand command, Instant at) {
        if (!ledger.answered(command.commandId())) {
            return List.of();
        }
        try {
            authorise(command);
            return switch (command) {
                case PauseAutonomy pause -> List.of(pauses.pause(ledger, pause, at));
                case ResumeAutonomy resume -> List.of(pauses.resume(ledger, resume, at));
                case ResolveUnreadable resolve -> List.of(pauses.resolve(ledger, resolve));
                case UpdateAutonomySettings update -> List.of(settings.update(ledger, update));
                case SetTrustTier set -> List.of(settings.trust(ledger, set));
                case PutPolicy put -> List.of(settings.put(ledger, put));
                case RemovePolicy remove -> List.of(settings.remove(ledger, remove));
                case ApproveAction approve -> approvals.approve(ledger, approve, at);
                case RejectAction reject -> approvals.reject(ledger, reject, at);
            };
        } catch (RejectedException e) {
            return List.of(rejected(command, e.code(), e.getMessage()));
        } catch (MalformedException e) {
            return List.of(rejected(command, "malformed", e.getMessage()));
        }
    }

    private static void authorise(AutonomyCommand command) {
        boolean forEverybody = command.userId().equals(Operator.ID);
        boolean operators = command instanceof PauseAutonomy
                || command instanceof ResumeAutonomy
                || command instanceof ResolveUnreadable;
        boolean allowed = forEverybody
                ? operators && command.actorRole() == ActorRole.OPERATOR
                : !(command instanceof ResolveUnreadable)
                        && command.actorRole() == ActorRole.USER
                        && command.actor().equals(command.userId());
        if (!allowed) {
            throw new RejectedException("not_allowed", "This is not for you to ask.");
        }
    }

    private static CommandRejected rejected(AutonomyCommand command, String code, @Nullable String reason) {
        return new CommandRejected(
                command.userId(), command.commandId(), Codec.typeOf(command), code, String.valueOf(reason));
    }
}
