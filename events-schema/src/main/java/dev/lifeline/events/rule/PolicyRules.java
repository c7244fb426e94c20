package dev.lifeline.events.rule;

import static java.util.Comparator.comparing;

import dev.lifeline.events.Action;
import dev.lifeline.events.Effect;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user's rules, tried on an action. */
public final class PolicyRules {

    /** How many findings of a user's own rules are told of one action. */
    public static final int MOST_FINDINGS = 20;

    /** The check, as findings name it. */
    public static final String CHECK = "policy_rule";

    private PolicyRules() {}

    /**
     * A rule that applies to an action, or that can not be evaluated.
     *
     * @param rule its place in its policy, from 0
     * @param finding what comes of it; of an {@code allow} too, which stands against nothing
     */
    public record Applied(UUID policyId, int rule, Finding finding) {}

    /**
     * The rules that apply, up to and with the first {@code allow}: that makes an exception from those behind it. Nothing
     * else hides a rule, so that one more rule never loosens anything. A rule that can not be evaluated counts as approval.
     *
     * @param policies the enabled ones, in the order in which they are tried
     * @param tier the user's trust; absent when it is not known
     */
    public static List<Applied> apply(List<RulePolicy> policies, Action action, @Nullable TrustTier tier) {
        List<Applied> applied = new ArrayList<>();
        for (RulePolicy policy : policies) {
            for (UsableRule rule : policy.rules()) {
                Match match = rule.match(action, tier);
                if (match != Match.NO) {
                    applied.add(new Applied(policy.policyId(), rule.number(), finding(policy, rule, match)));
                }
                if (match == Match.YES && rule.allows()) {
                    return applied;
                }
            }
        }
        return applied;
    }

    /**
     * What the rules find against doing the action by itself: the first {@link #MOST_FINDINGS}, the strictest always among
     * them. All travels in one event, which must not outgrow what a broker takes.
     */
    public static List<Finding> findings(List<RulePolicy> policies, Action action, @Nullable TrustTier tier) {
        List<Finding> findings = new ArrayList<>();
        for (Applied each : apply(policies, action, tier)) {
            if (each.finding().effect() != Effect.ALLOW) {
                findings.add(each.finding());
            }
        }
        return findings.size() <= MOST_FINDINGS ? findings : shortened(findings);
    }

    private static List<Finding> shortened(List<Finding> findings) {
        List<Finding> told = new ArrayList<>(findings.subList(0, MOST_FINDINGS));
        Finding strictest = findings.stream().max(comparing(Finding::effect)).orElseThrow();
        if (!told.contains(strictest)) {
            told.set(MOST_FINDINGS - 1, strictest);
        }
        return told;
    }

    private static Finding finding(RulePolicy policy, UsableRule rule, Match match) {
        String where = "\u201c" + policy.name() + "\u201d (policy " + policy.policyId() + "), rule " + rule.number();
        return match == Match.UNKNOWN
                ? new Finding(
                        CHECK,
                        Effect.REQUIRE_APPROVAL,
                        "policy_rule_not_evaluable",
                        where + ": the action does not say")
                : new Finding(
                        CHECK, rule.effect(), CHECK, rule.reason().isBlank() ? where : where + ": " + rule.reason());
    }
}
