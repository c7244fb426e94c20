package dev.lifeline.events.rule;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A policy that was read.
 *
 * @param name what its user calls it
 * @param version which writing of it this is
 */
public record RulePolicy(
        UUID policyId, String name, long version, int priority, boolean enabled, List<UsableRule> rules) {

    /** Those of the highest priority first; among equals in an order that does not change. */
    public static final Comparator<RulePolicy> IN_ORDER =
            Comparator.comparingInt(RulePolicy::priority).reversed().thenComparing(RulePolicy::policyId);

    public RulePolicy {
        rules = List.copyOf(rules);
    }
}
