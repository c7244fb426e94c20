package dev.lifeline.projector;

import dev.lifeline.events.Action;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.AutonomyEvent.CommandUnreadable;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomyEvent.UnreadableResolved;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Circumstances;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorCommandRejected;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Urgency;
import dev.lifeline.events.UserEvent.UserErased;
import dev.lifeline.events.Verdict;
import dev.lifeline.projector.domain.Fact;
import dev.lifeline.projector.domain.Histories;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Events of every kind, so that each table of the read model has rows. */
public final class RichHistory {

    /** Of late: what is older than the log is forgotten. */
    private static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.DAYS);

    private static final AtomicLong NUMBERS = new AtomicLong(1);

    private RichHistory() {}

    /** What may happen to a user and to the user's connectors; other users get others for other seeds. */
    public static Stream<Message> of(UUID user, int seed) {
        return Stream.of(
                        connectors(user, seed),
                        Stream.of(new ConnectorCommandRejected(user, "gmail", id(), "late")),
                        autonomy(user),
                        actions(user))
                .flatMap(each -> each);
    }

    public static Stream<ConnectorEvent> connectors(UUID user, int seed) {
        return Histories.ofUser(user, seed).stream().map(Fact::event);
    }

    /** What the operator does. */
    public static Stream<Message> operators() {
        SourcePosition unreadable = new SourcePosition("lifeline.autonomy.commands", 0, NUMBERS.getAndIncrement());
        SourcePosition another = new SourcePosition("lifeline.autonomy.commands", 1, NUMBERS.getAndIncrement());
        return Stream.of(
                paused(Operator.ID, "maintenance"),
                new CommandUnreadable(Operator.ID, unreadable, null, "no JSON", next()),
                new CommandUnreadable(Operator.ID, another, id(), "no JSON", next()),
                new UnreadableResolved(Operator.ID, id(), unreadable, next()));
    }

    /** A user of whom there was all that may be, and who is no more. */
    public static Stream<Message> erased() {
        UUID user = id();
        return Stream.concat(of(user, 1), Stream.of(new UserErased(user, NOON)));
    }

    private static Stream<Message> autonomy(UUID user) {
        return Stream.of(
                paused(user, "on holiday"),
                new AutonomyResumed(user, id(), PauseScope.EVERYTHING, user, NOON, NUMBERS.get(), next()),
                paused(user, "again"),
                new AutonomySettingsUpdated(user, id(), AutonomySettings.UNSET, null, next(), next()),
                new TrustTierChanged(user, id(), TrustTier.SUGGEST, TrustTier.LOW_AUTONOMY, next(), next()),
                new PolicyChanged(user, id(), new Policy(id(), "mail", "", 1, true, List.of()), next(), next()),
                new CommandRejected(user, id(), "lifeline.pause-autonomy.v1", "malformed", "the reason is too long"));
    }

    private static Stream<Message> actions(UUID user) {
        UUID decision = id();
        UUID approval = id();
        UUID refused = id();
        return Stream.of(
                decided(user, decision, Ruling.REQUIRE_APPROVAL),
                new ApprovalRequested(
                        user,
                        decision,
                        approval,
                        "hash",
                        ConfirmationLevel.SINGLE,
                        "trust_tier",
                        NOON,
                        NOON.plusSeconds(900),
                        next()),
                new ApprovalGranted(user, decision, approval, id(), user, NOON.plusSeconds(3), next()),
                new ActionAdmitted(user, decision, approval, "executor", 5, NOON.plusSeconds(4), next()),
                new ActionCompleted(user, decision, Outcome.SUCCEEDED, 4L, NOON.plusSeconds(5), next()),
                decided(user, id(), Ruling.DENY),
                decided(user, refused, Ruling.AUTO_EXECUTE),
                new ActionRefused(user, refused, "executor", "paused_by_user", NOON.plusSeconds(6), next()));
    }

    private static AutonomyPaused paused(UUID user, String reason) {
        return new AutonomyPaused(user, id(), PauseScope.EVERYTHING, user, reason, NOON, next(), next());
    }

    public static ActionDecided decided(UUID user, UUID decision, Ruling ruling) {
        Action action = new Action(
                id(),
                "email.archive",
                "Archive",
                "email",
                null,
                Map.of(),
                0L,
                true,
                Provenance.USER_ORIGINATED,
                Urgency.NORMAL,
                null);
        return new ActionDecided(
                user,
                decision,
                action,
                "hash",
                new Verdict(ruling, null, "trust_tier", List.of()),
                new Circumstances(NOON, AutonomySettings.UNSET, List.of(), List.of(), null, null, 0, "1"),
                1,
                NOON.plusSeconds(900),
                next());
    }

    private static long next() {
        return NUMBERS.getAndIncrement();
    }

    private static UUID id() {
        return UUID.randomUUID();
    }
}
