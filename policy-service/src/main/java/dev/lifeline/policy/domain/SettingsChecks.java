package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Verdict.Finding;
import java.util.List;

/** What the user set: where it may act, what it may spend, what can not be undone. */
final class SettingsChecks {

    private SettingsChecks() {}

    static List<Finding> domain(Action action, Context context) {
        AutonomySettings settings = context.settings();
        if (names(settings.blockedDomains(), action)) {
            return Check.denial("domain", "domain_blocked", action.domain());
        }
        boolean listed = settings.allowedDomains().isEmpty() || names(settings.allowedDomains(), action);
        return listed ? Check.nothing() : Check.denial("domain", "domain_not_allowed", action.domain());
    }

    /** Capitals make no other name, lest a domain be missed by one. */
    private static boolean names(List<String> domains, Action action) {
        return domains.stream().anyMatch(action.domain()::equalsIgnoreCase);
    }

    static List<Finding> spendPerAction(Action action, Context context) {
        Long cost = action.estimatedCostCents();
        Long limit = context.settings().maxSpendPerActionCents();
        return cost != null && limit != null && cost > 0 && cost > limit
                ? Check.denial("spend", "spend_above_action_limit", cost + " > " + limit + " cents")
                : Check.nothing();
    }

    static List<Finding> spendPerDay(Action action, Context context) {
        Long cost = action.estimatedCostCents();
        Long limit = context.settings().maxDailySpendCents();
        if (cost == null || limit == null || cost <= 0) {
            return Check.nothing();
        }
        long left = Math.max(0, limit - Math.min(Math.max(0, context.spentTodayCents()), Math.max(0, limit)));
        return cost > left
                ? Check.denial("spend", "spend_above_daily_limit", cost + " > " + left + " cents left of " + limit)
                : Check.nothing();
    }

    static List<Finding> costUnknown(Action action, Context context) {
        Long cost = action.estimatedCostCents();
        return cost == null || cost < 0 ? Check.approval("spend", "cost_unknown", null) : Check.nothing();
    }

    static List<Finding> irreversible(Action action, Context context) {
        return !action.reversible() && context.settings().requireApprovalForIrreversible()
                ? Check.approval("reversibility", "irreversible", null)
                : Check.nothing();
    }
}
