package dev.lifeline.policy.domain;

import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Circumstances;
import dev.lifeline.events.Circumstances.PolicyVersion;
import dev.lifeline.events.Condition;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.rule.RulePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** As it is kept with the verdict. */
    public Circumstances circumstances() {
        return new Circumstances(
                now,
                trustTier == null ? settings : settings.with(trustTier),
                policies.stream()
                        .map(policy -> new PolicyVersion(policy.policyId(), policy.version()))
                        .toList(),
                Stream.concat(control.operator().stream(), Stream.ofNullable(control.user()))
                        .map(Pause::scope)
                        .toList(),
                control.unknown(),
                connector,
                spentTodayCents,
                Evaluation.RULES_VERSION);
    }

    /**
     * The context of a past verdict. What the circumstances do not say is told by what was found: whether the last of the
     * pauses is the user's own, and whether the trust tier was known.
     *
     * @param policies what the policies said, or what they are to say now; the enabled ones, in the order in which they are tried
     */
    public static Context again(ActionDecided past, List<RulePolicy> policies) {
        Circumstances then = past.circumstances();
        List<Pause> pauses = then.pauses().stream()
                .map(scope -> new Pause(scope, null))
                .collect(Collectors.toCollection(ArrayList::new));
        Pause own = pauses.isEmpty() || !found(past, PauseChecks.BY_USER) ? null : pauses.removeLast();
        return new Context(
                then.at(),
                new Control(pauses, own, then.controlUnknown()),
                then.settings(),
                found(past, TrustChecks.UNKNOWN) ? null : then.settings().trustTier(),
                policies,
                then.spentTodayCents(),
                then.connectorCondition());
    }

    private static boolean found(ActionDecided past, String code) {
        return past.verdict().findings().stream()
                .anyMatch(finding -> finding.code().equals(code));
    }
}
