package dev.lifeline.events;

import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ActionExpired;
import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.events.ActionEvent.ApprovalExpired;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRejected;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.ActionEvent.ConfirmationRequired;
import dev.lifeline.events.AutonomyCommand.ApproveAction;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.PutPolicy;
import dev.lifeline.events.AutonomyCommand.RejectAction;
import dev.lifeline.events.AutonomyCommand.RemovePolicy;
import dev.lifeline.events.AutonomyCommand.ResolveUnreadable;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.AutonomyCommand.SetTrustTier;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.AutonomyEvent.CommandUnreadable;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.AutonomyEvent.PolicyRemoved;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomyEvent.UnreadableResolved;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The samples of the autonomy and action families. */
final class AutonomySamples {

    private static final UUID ALICE = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID OPS = UUID.fromString("99999999-9999-4999-8999-999999999999");
    private static final UUID COMMAND = UUID.fromString("0d9c8b7a-6f5e-4d3c-8b1a-0f1e2d3c4b5a");
    private static final UUID DECISION = UUID.fromString("d1d1d1d1-0000-4000-8000-000000000001");
    private static final UUID APPROVAL = UUID.fromString("a1a1a1a1-0000-4000-8000-000000000001");
    private static final UUID POLICY = UUID.fromString("b1b1b1b1-0000-4000-8000-000000000001");
    private static final Instant MORNING = Instant.parse("2026-11-24T09:41:00Z");
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final PauseScope MAIL = new PauseScope(PauseScope.Kind.DOMAIN, "email");
    private static final SourcePosition DARK = new SourcePosition("lifeline.autonomy.commands", 2, 7);

    private static final AutonomySettings SETTINGS = new AutonomySettings(
            TrustTier.MODERATE_AUTONOMY,
            5_000L,
            20_000L,
            List.of("email", "calendar"),
            List.of("banking"),
            true,
            new AutonomySettings.QuietHours("22:00", "07:00"),
            "Europe/Berlin");
    private static final AutonomySettings BARE_SETTINGS =
            new AutonomySettings(TrustTier.OBSERVER, null, null, List.of(), List.of(), false, null, "UTC");
    private static final Policy WORDS = new Policy(
            POLICY,
            "Newsletters",
            "Archive them without asking",
            10,
            true,
            List.of(
                    new Policy.Rule("actionType", "eq", "email.archive", "allow", "they are many"),
                    new Policy.Rule("riskTier", "in", List.of("high", "critical"), "deny", "too much")));
    private static final RiskTier LOW = RiskTier.LOW;
    private static final Action ARCHIVE = new Action(
            UUID.fromString("c1c1c1c1-0000-4000-8000-000000000001"),
            "email.archive",
            "Archive a newsletter",
            "email",
            "gmail",
            Map.of("messageId", "m-1"),
            0L,
            true,
            Provenance.TRUSTED_CONTEXT,
            Urgency.NORMAL,
            new Action.Risk(LOW, new Action.Dimensions(LOW, RiskTier.NEGLIGIBLE, LOW, LOW, LOW, LOW)));
    private static final Action BARE_ACTION = new Action(
            UUID.fromString("c1c1c1c1-0000-4000-8000-000000000002"),
            "email.archive",
            "Archive a newsletter",
            "email",
            null,
            Map.of(),
            null,
            false,
            null,
            Urgency.LOW,
            null);
    private static final Verdict PAUSED = new Verdict(
            Ruling.REQUIRE_APPROVAL,
            ConfirmationLevel.SINGLE,
            "paused_by_user",
            List.of(new Verdict.Finding("user_pause", Effect.REQUIRE_APPROVAL, "paused_by_user", "on holiday")));
    private static final Verdict FREE = new Verdict(Ruling.AUTO_EXECUTE, null, null, List.of());
    private static final Circumstances FULL_CIRCUMSTANCES = new Circumstances(
            MORNING,
            SETTINGS,
            List.of(new Circumstances.PolicyVersion(POLICY, 3)),
            List.of(PauseScope.EVERYTHING),
            "commands were last read to their end too long ago",
            Condition.OK,
            120,
            "1");
    private static final Circumstances BARE_CIRCUMSTANCES =
            new Circumstances(MORNING, BARE_SETTINGS, List.of(), List.of(), null, null, 0, "1");

    private static final List<Message> FULL = List.of(
            new PauseAutonomy(ALICE, COMMAND, ALICE, ActorRole.USER, PauseScope.EVERYTHING, "on holiday"),
            new ResumeAutonomy(ALICE, COMMAND, ALICE, ActorRole.USER, PauseScope.EVERYTHING, 4),
            new UpdateAutonomySettings(ALICE, COMMAND, ALICE, ActorRole.USER, SETTINGS, 3L),
            new SetTrustTier(ALICE, COMMAND, ALICE, ActorRole.USER, TrustTier.OBSERVER),
            new PutPolicy(ALICE, COMMAND, ALICE, ActorRole.USER, WORDS, 3L),
            new RemovePolicy(ALICE, COMMAND, ALICE, ActorRole.USER, POLICY),
            new ApproveAction(ALICE, COMMAND, ALICE, ActorRole.USER, APPROVAL, HASH, COMMAND),
            new RejectAction(ALICE, COMMAND, ALICE, ActorRole.USER, APPROVAL, "not now"),
            new ResolveUnreadable(Operator.ID, COMMAND, OPS, ActorRole.OPERATOR, DARK),
            new AutonomyPaused(Operator.ID, COMMAND, MAIL, OPS, "incident 7", MORNING, 4, 101),
            new AutonomyResumed(ALICE, COMMAND, PauseScope.EVERYTHING, ALICE, MORNING, 4, 102),
            new AutonomySettingsUpdated(ALICE, COMMAND, SETTINGS, BARE_SETTINGS, 2, 103),
            new TrustTierChanged(ALICE, COMMAND, TrustTier.MODERATE_AUTONOMY, TrustTier.OBSERVER, 3, 104),
            new PolicyChanged(ALICE, COMMAND, WORDS, 3, 105),
            new PolicyRemoved(ALICE, COMMAND, POLICY, "Newsletters", 4, 106),
            new CommandRejected(
                    ALICE,
                    COMMAND,
                    "lifeline.resume-autonomy.v1",
                    "not_that_pause",
                    "Another pause has come since; look again."),
            new CommandUnreadable(Operator.ID, DARK, ALICE, "not JSON, or not alone, at byte 4", 107),
            new UnreadableResolved(Operator.ID, COMMAND, DARK, 108),
            new ActionDecided(ALICE, DECISION, ARCHIVE, HASH, PAUSED, FULL_CIRCUMSTANCES, 1, MORNING, 109),
            new ApprovalRequested(
                    ALICE,
                    DECISION,
                    APPROVAL,
                    HASH,
                    ConfirmationLevel.DUAL,
                    "paused_by_user",
                    MORNING,
                    MORNING.plusSeconds(900),
                    110),
            new ConfirmationRequired(ALICE, DECISION, APPROVAL, COMMAND, COMMAND, MORNING.plusSeconds(2), 111),
            new ApprovalGranted(ALICE, DECISION, APPROVAL, COMMAND, ALICE, MORNING, 112),
            new ApprovalRejected(ALICE, DECISION, APPROVAL, COMMAND, ALICE, "not now", MORNING, 113),
            new ApprovalExpired(ALICE, DECISION, APPROVAL, MORNING, 114),
            new ApprovalWithdrawn(ALICE, DECISION, APPROVAL, "no_longer_needed", 115),
            new ActionAdmitted(ALICE, DECISION, APPROVAL, "agent-1", 250, MORNING, 116),
            new ActionRefused(ALICE, DECISION, "agent-1", "paused_by_user", MORNING, 117),
            new ActionExpired(ALICE, DECISION, MORNING, 118),
            new ActionCompleted(ALICE, DECISION, Outcome.SUCCEEDED, 240L, MORNING, 119));

    private static final List<Message> LEAN = List.of(
            new UpdateAutonomySettings(ALICE, COMMAND, ALICE, ActorRole.USER, SETTINGS, null),
            new PutPolicy(ALICE, COMMAND, ALICE, ActorRole.USER, WORDS, null),
            new PauseAutonomy(ALICE, COMMAND, ALICE, ActorRole.USER, PauseScope.EVERYTHING, null),
            new ApproveAction(ALICE, COMMAND, ALICE, ActorRole.USER, APPROVAL, null, null),
            new RejectAction(ALICE, COMMAND, ALICE, ActorRole.USER, APPROVAL, null),
            new AutonomyPaused(Operator.ID, null, PauseScope.ENVIRONMENT, Operator.ID, null, MORNING, 1, 101),
            new AutonomyResumed(Operator.ID, null, PauseScope.ENVIRONMENT, Operator.ID, MORNING, 1, 102),
            new AutonomySettingsUpdated(ALICE, COMMAND, SETTINGS, null, 2, 103),
            new PolicyRemoved(ALICE, COMMAND, POLICY, null, 4, 106),
            new CommandUnreadable(Operator.ID, DARK, null, "no header ce_type", 107),
            new ApprovalRequested(
                    ALICE, DECISION, APPROVAL, HASH, ConfirmationLevel.SINGLE, null, MORNING, MORNING, 110),
            new ApprovalRejected(ALICE, DECISION, APPROVAL, COMMAND, ALICE, null, MORNING, 113),
            new ActionAdmitted(ALICE, DECISION, null, "agent-1", 0, MORNING, 116),
            new ActionCompleted(ALICE, DECISION, Outcome.FAILED, null, MORNING, 119));

    private AutonomySamples() {}

    static List<Message> full() {
        return FULL;
    }

    static List<Message> lean() {
        return LEAN;
    }

    /** Values whose own parts are absent. */
    static List<Message> bare() {
        return List.of(
                new UpdateAutonomySettings(ALICE, COMMAND, ALICE, ActorRole.USER, BARE_SETTINGS, null),
                new ActionDecided(ALICE, DECISION, BARE_ACTION, HASH, FREE, BARE_CIRCUMSTANCES, 1, MORNING, 109));
    }
}
