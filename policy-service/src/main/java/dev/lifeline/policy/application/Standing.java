package dev.lifeline.policy.application;

import dev.lifeline.events.rule.RulePolicy;
import java.util.List;

/**
 * All that a user's actions are judged by, and that commands change.
 *
 * @param operator the operator's pauses, those that were lifted too
 * @param brake how well it is known whether something is paused
 * @param policies the user's that are switched on, in their order
 */
public record Standing(Autonomy autonomy, List<OperatorPause> operator, BrakeReading brake, List<RulePolicy> policies) {

    public Standing {
        operator = List.copyOf(operator);
        policies = List.copyOf(policies);
    }
}
