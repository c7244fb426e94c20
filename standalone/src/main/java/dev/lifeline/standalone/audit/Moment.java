package dev.lifeline.standalone.audit;

import dev.lifeline.events.Action;
import dev.lifeline.events.Action.Dimensions;
import dev.lifeline.events.Action.Risk;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.RiskTier;
import dev.lifeline.events.Urgency;
import dev.lifeline.events.Verdict;
import dev.lifeline.events.rule.MalformedException;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import dev.lifeline.policy.domain.Context;
import dev.lifeline.policy.domain.Control;
import dev.lifeline.policy.domain.Evaluation;
import dev.lifeline.policy.domain.Pause;
import dev.lifeline.query.domain.Banner;
import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How everything was at one instant.
 *
 * @param connectors without those that were removed
 * @param unknown why it was not known whether something was paused; absent when it was
 * @param older what is not known because it may be older than the log
 * @param waiting what waited for a person
 * @param spentCents what was spent or reserved on the user's day
 * @param banners what the screen said
 */
record Moment(
        Instant at,
        List<ConnectorHealth> connectors,
        Pauses pauses,
        AutonomySettings settings,
        List<PolicyChanged> policies,
        @Nullable String unknown,
        Set<AutonomyTale.Older> older,
        List<ActionTale.Waiting> waiting,
        long spentCents,
        List<Banner> banners) {

    /**
     * What the most harmless of all proposals would have got: by itself, and with each connector, by its name. Empty where it is
     * not known by what, and where nothing would have been decided.
     */
    Map<String, Verdict> proposals() {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        if (!older.isEmpty() || undecidable().isPresent()) {
            return verdicts;
        }
        verdicts.put("", judge(null));
        connectors.forEach(connector -> verdicts.put(connector.name(), judge(connector)));
        return verdicts;
    }

    private Verdict judge(@Nullable ConnectorHealth connector) {
        RiskTier none = RiskTier.NEGLIGIBLE;
        Action harmless = new Action(
                new UUID(0, 0),
                "note.write",
                "A harmless action",
                settings.allowedDomains().isEmpty()
                        ? "notes"
                        : settings.allowedDomains().getFirst(),
                connector == null ? null : connector.name(),
                Map.of(),
                0L,
                true,
                Provenance.USER_ORIGINATED,
                Urgency.NORMAL,
                new Risk(none, new Dimensions(none, none, none, none, none, none)));
        return Evaluation.evaluate(
                harmless,
                new Context(
                        at,
                        control(),
                        settings,
                        settings.trustTier(),
                        rules(),
                        spentCents,
                        connector == null ? null : connector.condition()));
    }

    private Control control() {
        Pauses.Pause own = pauses.own();
        return new Control(
                pauses.operator().stream().map(Moment::pause).toList(), own == null ? null : pause(own), unknown);
    }

    /** Why nothing was decided: the rules that policy-service could not read, switched off or not. */
    Optional<String> undecidable() {
        for (PolicyChanged changed : policies) {
            try {
                RuleReader.read(changed.policy(), changed.version());
            } catch (MalformedException e) {
                return Optional.of("the rules \u201c" + changed.policy().name()
                        + "\u201d can not be read by this release: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private List<RulePolicy> rules() {
        return policies.stream()
                .map(changed -> RuleReader.read(changed.policy(), changed.version()))
                .filter(RulePolicy::enabled)
                .sorted(RulePolicy.IN_ORDER)
                .toList();
    }

    private static Pause pause(Pauses.Pause pause) {
        return new Pause(pause.scope(), pause.reason());
    }
}
