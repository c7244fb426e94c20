package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.Effect;
import dev.lifeline.events.RiskTier;
import dev.lifeline.events.Verdict.Finding;
import dev.lifeline.policy.domain.rule.Match;
import dev.lifeline.policy.domain.rule.RulePolicy;
import dev.lifeline.policy.domain.rule.UsableRule;
import java.util.ArrayList;
import java.util.List;

/** The user's own rules, and those that are built in and can not be removed. */
final class RuleChecks {

    private static final String CHECK = "policy_rule";
    private static final String BUILT_IN = "built_in";

    private RuleChecks() {}

    /**
     * The rules that match, up to the first {@code allow}: that makes an exception from those behind it. Nothing else hides
     * a rule, so that one more rule never loosens anything. A rule that can not be evaluated counts as approval.
     */
    static List<Finding> policyRules(Action action, Context context) {
        List<Finding> findings = new ArrayList<>();
        for (RulePolicy policy : context.policies()) {
            for (UsableRule rule : policy.rules()) {
                Match match = rule.match(action, context.trustTier());
                if (match == Match.YES && rule.allows()) {
                    return findings;
                }
                if (match != Match.NO) {
                    findings.add(finding(policy, rule, match));
                }
            }
        }
        return findings;
    }

    static List<Finding> spendWithoutLimit(Action action, Context context) {
        Long cost = action.estimatedCostCents();
        boolean limited = context.settings().maxSpendPerActionCents() != null
                || context.settings().maxDailySpendCents() != null;
        return cost != null && cost > 0 && !limited
                ? Check.denial(BUILT_IN, "spend_without_limit", cost + " cents, and no limit is set")
                : Check.nothing();
    }

    static List<Finding> irreversibleAtRisk(Action action, Context context) {
        return action.risk() != null
                        && !action.reversible()
                        && above(RiskTier.LOW, action.risk().overall())
                ? Check.approval(
                        BUILT_IN,
                        "irreversible_at_risk",
                        action.risk().overall().wireName())
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

    private static Finding finding(RulePolicy policy, UsableRule rule, Match match) {
        String where = "policy " + policy.policyId() + ", rule " + rule.number();
        return match == Match.UNKNOWN
                ? new Finding(
                        CHECK,
                        Effect.REQUIRE_APPROVAL,
                        "policy_rule_not_evaluable",
                        where + ": the action does not say")
                : new Finding(CHECK, rule.effect(), CHECK, where + ": " + rule.reason());
    }

    private static boolean above(RiskTier limit, RiskTier tier) {
        return tier.compareTo(limit) > 0;
    }
}
