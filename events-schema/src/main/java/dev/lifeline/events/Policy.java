package dev.lifeline.events;

import java.util.List;
import java.util.UUID;

/**
 * Rules of a user's own, tried one after the other. They are what was written; whether they can be meant so, {@link
 * dev.lifeline.events.rule.RuleReader} says.
 *
 * @param priority policies are tried by priority, the highest first
 * @param enabled whether they are tried at all
 */
public record Policy(
        UUID policyId,
        @Personal String name,
        @Personal String description,
        int priority,
        boolean enabled,
        List<Rule> rules) {

    public Policy {
        rules = List.copyOf(rules);
    }

    /**
     * One rule.
     *
     * @param field what is looked at, such as {@code domain} or {@code riskTier}
     * @param operator how, such as {@code eq} or {@code in}
     * @param value what it is compared to: a text, a number, a boolean or a list of those
     * @param effect {@code allow}, {@code deny} or {@code require_approval}
     * @param reason why, for people
     */
    public record Rule(
            String field,
            String operator,
            Object value,
            String effect,
            @Personal String reason) {}
}
