package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.Verdict;
import dev.lifeline.events.Verdict.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * The one function that decides whether an action may be done by itself.
 *
 * <p>Verdicts form a lattice: {@code auto_execute < require_approval (single) < require_approval (dual) < deny}. Every check
 * runs, and the strictest of all findings counts. So no check can hide another, the order can not matter for what is decided,
 * and one more check, rule or pause can only make a verdict stricter. The order of the checks is that in which their reasons
 * are told to people.
 */
public final class Evaluation {

    /** The version of the checks; in each decision, so that it can be told by which one it was made. */
    public static final String RULES_VERSION = "6";

    /** All checks, first that whose reason people see first. */
    static final List<Check> CHECKS = List.of(
            PauseChecks::operatorPause,
            PauseChecks::userPause,
            PauseChecks::controlStateUnknown,
            InjectionGuard::shape,
            InjectionGuard::untrustedIrreversible,
            SettingsChecks::domain,
            SettingsChecks::spendPerAction,
            SettingsChecks::spendPerDay,
            SettingsChecks::costUnknown,
            SettingsChecks::irreversible,
            QuietTime::quietHours,
            RuleChecks::policyRules,
            RuleChecks::spendWithoutLimit,
            RuleChecks::irreversibleAtRisk,
            RuleChecks::legalSensitivity,
            RuleChecks::privacySensitivity,
            TrustChecks::trustTier,
            TrustChecks::risk,
            ConnectorCheck::connectorHealth);

    private Evaluation() {}

    /** Judges an action. Never throws, and never writes or reads anything. */
    public static Verdict evaluate(Action action, Context context) {
        return evaluate(CHECKS, action, context);
    }

    static Verdict evaluate(List<Check> checks, Action action, Context context) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            findings.addAll(check.find(action, context));
        }
        return Verdict.of(findings);
    }
}
