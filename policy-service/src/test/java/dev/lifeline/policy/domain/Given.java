package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Condition;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.RiskTier;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Urgency;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Actions and contexts to start from: this action, in this context, is done by itself. */
public final class Given {

    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    public static final UUID POLICY = UUID.fromString("b1b1b1b1-0000-4000-8000-000000000001");

    private Given() {}

    public static Action action() {
        return new Action(
                UUID.fromString("c1c1c1c1-0000-4000-8000-000000000001"),
                "email.archive",
                "Archive a newsletter",
                "email",
                "gmail",
                Map.of("messageId", "m-1"),
                0L,
                true,
                Provenance.USER_ORIGINATED,
                Urgency.NORMAL,
                risk(RiskTier.LOW, RiskTier.LOW));
    }

    public static Action.Risk risk(RiskTier overall, RiskTier each) {
        return new Action.Risk(overall, new Action.Dimensions(each, each, each, each, each, each));
    }

    public static Action typed(String actionType) {
        Action a = action();
        return new Action(
                a.actionId(),
                actionType,
                a.description(),
                a.domain(),
                a.connector(),
                a.parameters(),
                a.estimatedCostCents(),
                a.reversible(),
                a.provenance(),
                a.urgency(),
                a.risk());
    }

    public static Action with(Map<String, ?> parameters) {
        Action a = action();
        return new Action(
                a.actionId(),
                a.actionType(),
                a.description(),
                a.domain(),
                a.connector(),
                parameters,
                a.estimatedCostCents(),
                a.reversible(),
                a.provenance(),
                a.urgency(),
                a.risk());
    }

    public static Action costing(@Nullable Long cents) {
        Action a = action();
        return new Action(
                a.actionId(),
                a.actionType(),
                a.description(),
                a.domain(),
                a.connector(),
                a.parameters(),
                cents,
                a.reversible(),
                a.provenance(),
                a.urgency(),
                a.risk());
    }

    public static Action risking(Action.@Nullable Risk risk) {
        Action a = action();
        return new Action(
                a.actionId(),
                a.actionType(),
                a.description(),
                a.domain(),
                a.connector(),
                a.parameters(),
                a.estimatedCostCents(),
                a.reversible(),
                a.provenance(),
                a.urgency(),
                risk);
    }

    public static Action irreversible(@Nullable Provenance provenance) {
        Action a = action();
        return new Action(
                a.actionId(),
                a.actionType(),
                a.description(),
                a.domain(),
                a.connector(),
                a.parameters(),
                a.estimatedCostCents(),
                false,
                provenance,
                a.urgency(),
                a.risk());
    }

    public static Context context() {
        return new Context(NOON, Control.FREE, settings(), TrustTier.HIGH_AUTONOMY, List.of(), 0, Condition.OK);
    }

    public static AutonomySettings settings() {
        return new AutonomySettings(TrustTier.HIGH_AUTONOMY, 5_000L, 10_000L, List.of(), List.of(), false, null, "UTC");
    }

    public static Context in(Control control) {
        Context c = context();
        return new Context(c.now(), control, c.settings(), c.trustTier(), c.policies(), 0, c.connector());
    }

    public static Context under(AutonomySettings settings) {
        return under(settings, NOON);
    }

    public static Context under(AutonomySettings settings, Instant now) {
        Context c = context();
        return new Context(now, c.control(), settings, c.trustTier(), c.policies(), 0, c.connector());
    }

    public static Context trusting(@Nullable TrustTier tier) {
        Context c = context();
        return new Context(c.now(), c.control(), c.settings(), tier, c.policies(), 0, c.connector());
    }

    public static Context having(Policy.Rule... rules) {
        Context c = context();
        return new Context(c.now(), c.control(), c.settings(), c.trustTier(), List.of(policy(rules)), 0, c.connector());
    }

    public static Context spent(long cents) {
        Context c = context();
        return new Context(c.now(), c.control(), c.settings(), c.trustTier(), c.policies(), cents, c.connector());
    }

    public static Context connector(@Nullable Condition condition) {
        Context c = context();
        return new Context(c.now(), c.control(), c.settings(), c.trustTier(), c.policies(), 0, condition);
    }

    public static Policy.Rule rule(String field, String operator, Object value, String effect) {
        return new Policy.Rule(field, operator, value, effect, "because");
    }

    public static RulePolicy policy(Policy.Rule... rules) {
        return RuleReader.read(new Policy(POLICY, "Mine", "", 1, true, Arrays.asList(rules)), 1);
    }

    public static Pause operatorPause(PauseScope.Kind kind, @Nullable String value) {
        return new Pause(new PauseScope(kind, value), null);
    }
}
