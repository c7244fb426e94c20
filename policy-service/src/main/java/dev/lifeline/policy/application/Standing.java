package dev.lifeline.policy.application;

import dev.lifeline.events.Condition;
import dev.lifeline.events.rule.RulePolicy;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * All that a user's actions are judged by.
 *
 * @param operator the operator's pauses, those that were lifted too
 * @param brake how well it is known whether something is paused
 * @param policies the user's that are switched on, in their order
 * @param connectors how the user's are, by their names
 * @param spent what was reserved and spent on the days that it may be somewhere
 */
public record Standing(
        Autonomy autonomy,
        List<OperatorPause> operator,
        BrakeReading brake,
        List<RulePolicy> policies,
        Map<String, Condition> connectors,
        Map<LocalDate, Long> spent) {

    public Standing {
        operator = List.copyOf(operator);
        policies = List.copyOf(policies);
        connectors = Map.copyOf(connectors);
        spent = Map.copyOf(spent);
    }
}
