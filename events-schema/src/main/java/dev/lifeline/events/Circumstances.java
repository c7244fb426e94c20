package dev.lifeline.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an action was judged by, so that it can be judged again.
 *
 * @param at when
 * @param policies which version of which policy; {@link AutonomyEvent.PolicyChanged} has what each says
 * @param pauses all that were in force, whether they concern the action or not
 * @param controlUnknown why it was not known whether something is paused; absent when it was known
 * @param connectorCondition how the connector was that the action needs; absent when it needs none or there is none
 * @param spentTodayCents what was spent or reserved that day
 * @param rulesVersion the version of the checks themselves
 */
public record Circumstances(
        Instant at,
        AutonomySettings settings,
        List<PolicyVersion> policies,
        List<PauseScope> pauses,
        @Nullable String controlUnknown,
        @Nullable Condition connectorCondition,
        long spentTodayCents,
        String rulesVersion) {

    public Circumstances {
        policies = List.copyOf(policies);
        pauses = List.copyOf(pauses);
    }

    /** A policy as it was at a time. */
    public record PolicyVersion(UUID policyId, long version) {}
}
