package dev.lifeline.policy.application;

import dev.lifeline.events.Action;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.Circumstances;
import dev.lifeline.events.Condition;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Verdict;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.policy.domain.Context;
import dev.lifeline.policy.domain.Control;
import dev.lifeline.policy.domain.Evaluation;
import dev.lifeline.policy.domain.Pause;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Judges actions by the state as it stands. The one place that asks {@link Evaluation}. */
public final class Judge {

    private final boolean leverPulled;

    /** @param leverPulled whether the environment of this instance withholds everything; for as long as it runs */
    public Judge(boolean leverPulled) {
        this.leverPulled = leverPulled;
    }

    /**
     * A verdict, and what it was made by.
     *
     * @param voidedUpTo approvals up to that place among what happened count no more
     * @param brakeUnread whether it is not known at this moment what is paused
     * @param day the user's day
     */
    record Judgement(
            Verdict verdict, Circumstances circumstances, long voidedUpTo, boolean brakeUnread, LocalDate day) {}

    /** Whether the environment of this instance withholds everything. */
    public boolean leverPulled() {
        return leverPulled;
    }

    /** Judges, without regard to what others spend meanwhile. The control state must be held. */
    Judgement judge(Standing standing, Action action, Instant now) {
        LocalDate day = day(standing, now);
        return judge(standing, action, now, day, standing.spent().getOrDefault(day, 0L));
    }

    /** Judges as the last one before the money is spent: nobody else spends until the transaction has ended. */
    Judgement judgeToSpend(Ledger ledger, UUID userId, Standing standing, Action action, Instant now) {
        LocalDate day = day(standing, now);
        return costs(action)
                ? judge(standing, action, now, day, ledger.spentAlone(userId, day))
                : judge(standing, action, now);
    }

    private Judgement judge(Standing standing, Action action, Instant now, LocalDate day, long spent) {
        Autonomy autonomy = standing.autonomy();
        List<OperatorPause> operator = standing.operator();
        BrakeReading brake = standing.brake();
        List<RulePolicy> policies = standing.policies();
        Condition connector =
                action.connector() == null ? null : standing.connectors().get(action.connector());
        Control control = control(autonomy, operator, brake);
        Context context =
                new Context(now, control, autonomy.settings(), autonomy.trustTier(), policies, spent, connector);
        Verdict verdict = Evaluation.evaluate(action, context);
        return new Judgement(
                verdict,
                context.circumstances(),
                voidedUpTo(action, autonomy, operator, brake),
                brake.stale() != null,
                day);
    }

    /** Judges a past action again, as it was judged then, but by those policies; and by the checks of today. */
    public static Verdict again(ActionDecided past, List<RulePolicy> policies) {
        return Evaluation.evaluate(past.action(), Context.again(past, policies));
    }

    private Control control(Autonomy autonomy, List<OperatorPause> operator, BrakeReading brake) {
        List<Pause> pauses = new ArrayList<>();
        if (leverPulled) {
            pauses.add(new Pause(PauseScope.ENVIRONMENT, null));
        }
        for (OperatorPause each : operator) {
            // Each instance judges by its own environment; the others' is shown to people only.
            if (each.pause().inForce() && each.scope().kind() != PauseScope.Kind.ENVIRONMENT) {
                pauses.add(new Pause(each.scope(), each.pause().reason()));
            }
        }
        Autonomy.StoredPause own = autonomy.pause();
        Pause user = own == null || !own.inForce() ? null : new Pause(PauseScope.EVERYTHING, own.reason());
        return new Control(pauses, user, brake.unknown().orElse(null));
    }

    /** The place of the newest pause of what the action is, in force or lifted. */
    private long voidedUpTo(Action action, Autonomy autonomy, List<OperatorPause> operator, BrakeReading brake) {
        if (leverPulled && operator.stream().noneMatch(Judge::isLeverInForce)) {
            return Long.MAX_VALUE; // pulled a moment ago: it has no place yet among what happened, but is the newest
        }
        long newest = Math.max(brake.unreadableUpTo(), sequence(autonomy.pause()));
        for (OperatorPause each : operator) {
            if (Pause.concerns(each.scope(), action)) {
                newest = Math.max(newest, each.pause().sequence());
            }
        }
        return newest;
    }

    /**
     * When the operator last paused what the action is, in force or lifted. What was approved earlier counts no more,
     * whichever is read first: commands of the operator and of users are read in no order.
     */
    static Instant lastPaused(Standing standing, Action action) {
        return standing.operator().stream()
                .filter(each -> Pause.concerns(each.scope(), action))
                .map(each -> each.pause().at())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private static boolean isLeverInForce(OperatorPause each) {
        return each.scope().kind() == PauseScope.Kind.ENVIRONMENT
                && each.pause().inForce();
    }

    private static long sequence(Autonomy.@Nullable StoredPause pause) {
        return pause == null ? 0 : pause.sequence();
    }

    private static boolean costs(Action action) {
        return action.estimatedCostCents() != null && action.estimatedCostCents() > 0;
    }

    private static LocalDate day(Standing standing, Instant now) {
        try {
            return LocalDate.ofInstant(
                    now, ZoneId.of(standing.autonomy().settings().timeZone()));
        } catch (DateTimeException e) {
            return LocalDate.ofInstant(now, ZoneOffset.UTC);
        }
    }
}
