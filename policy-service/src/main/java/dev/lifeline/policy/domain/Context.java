package dev.lifeline.policy.domain;

import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Condition;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.rule.RulePolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an action is judged by, besides itself.
 *
 * @param now the time
 * @param control how far the brake is pulled
 * @param settings the user's; their trust tier counts for nothing, {@code trustTier} does
 * @param trustTier absent when the one that is stored is not known here
 * @param policies the user's, the enabled ones, in the order in which they are tried
 * @param spentTodayCents what was spent or reserved on the user's day
 * @param connector how the connector is that the action needs; absent when there is none of that name
 */
public record Context(
        Instant now,
        Control control,
        AutonomySettings settings,
        @Nullable TrustTier trustTier,
        List<RulePolicy> policies,
        long spentTodayCents,
        @Nullable Condition connector) {

    public Context {
        policies = List.copyOf(policies);
    }
}
