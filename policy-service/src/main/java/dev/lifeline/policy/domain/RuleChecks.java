package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.RiskTier;
import dev.lifeline.events.Verdict.Finding;
import dev.lifeline.events.rule.PolicyRules;
import java.util.List;

/** The user's own rules, and those that are built in and can not be removed. */
final class RuleChecks {

    private static final String BUILT_IN = "built_in";

    private RuleChecks() {}

    static List<Finding> policyRules(Action action, Context context) {
        return PolicyRules.findings(context.policies(), action, context.trustTier());
    }

    static List<Finding> spendWithoutLimit(Action action, Context context) {
        Long cost = action.estimatedCostCents();
        boolean limited = context.settings().maxSpendPerActionCents() != null
                && context.settings().maxDailySpendCents() != null;
        return cost != null && cost > 0 && !limited
                ? Check.denial(BUILT_IN, "spend_without_limit", cost + " cents, and not both limits are set")
                : Check.nothing();
    }

    static List<Finding> irreversibleAtRisk(Action action, Context context) {
        return action.risk() != null
                        && !action.reversible()
                        && above(RiskTier.LOW, action.risk().worst())
                ? Check.approval(
                        BUILT_IN, "irreversible_at_risk", action.risk().worst().wireName())
                : Check.nothing();
    }

    static List<Finding> legalSensitivity(Action action, Context context) {
        return action.risk() != null
                        && above(RiskTier.MODERATE, action.risk().dimensions().legalSensitivity())
                ? Check.denial(
                        BUILT_IN,
                        "legal_sensitivity",
                        action.risk().dimensions().legalSensitivity().wireName())
                : Check.nothing();
    }

    static List<Finding> privacySensitivity(Action action, Context context) {
        return action.risk() != null
                        && above(RiskTier.LOW, action.risk().dimensions().privacySensitivity())
                ? Check.denial(
                        BUILT_IN,
                        "privacy_sensitivity",
                        action.risk().dimensions().privacySensitivity().wireName())
                : Check.nothing();
    }

    private static boolean above(RiskTier limit, RiskTier tier) {
        return tier.compareTo(limit) > 0;
    }
}
