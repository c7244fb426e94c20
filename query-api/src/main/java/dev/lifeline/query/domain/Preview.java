package dev.lifeline.query.domain;

import dev.lifeline.events.Ruling;
import dev.lifeline.events.Verdict;
import dev.lifeline.events.Verdict.Finding;
import dev.lifeline.events.rule.PolicyRules;
import dev.lifeline.events.rule.PolicyRules.Applied;
import dev.lifeline.events.rule.RulePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a policy would have done to past actions. That is exact: a verdict is the strictest of all findings, so those of the
 * other checks are taken as they were recorded, and the rules alone are tried anew.
 *
 * @param actions how many were looked at
 * @param rules what became of them by each rule of the policy, in their order
 */
public record Preview(int actions, List<OfRule> rules) {

    private static final int MOST_EXAMPLES = 3;

    public Preview {
        rules = List.copyOf(rules);
    }

    /**
     * What one rule would have done.
     *
     * @param matched to how many actions it would have applied; what an allow before it excepts is not among them
     * @param stricter how many of those would have been judged more strictly than they were
     * @param looser how many less strictly
     * @param examples some of those, what would have changed first, else the newest first
     */
    public record OfRule(int matched, int stricter, int looser, List<Example> examples) {
        public OfRule {
            examples = List.copyOf(examples);
        }
    }

    /** An action, as it was judged and as it would have been. */
    public record Example(
            Instant at, UUID actionId, String actionType, String description, Ruling before, Ruling after) {}

    /**
     * Tries a policy that is written.
     *
     * @param draft stands in place of what has its id, and is tried although it may not be enabled yet
     * @param stored the user's other policies, or all of them
     * @param past the newest first
     */
    public static Preview of(RulePolicy draft, List<RulePolicy> stored, List<PastDecision> past) {
        List<RulePolicy> policies = Stream.concat(
                        Stream.of(draft),
                        stored.stream()
                                .filter(RulePolicy::enabled)
                                .filter(policy -> !policy.policyId().equals(draft.policyId())))
                .sorted(RulePolicy.IN_ORDER)
                .toList();
        List<Trial> trials =
                past.stream().map(decision -> Trial.of(decision, policies)).toList();
        return new Preview(
                past.size(),
                draft.rules().stream()
                        .map(rule -> ofRule(trials.stream()
                                .filter(trial -> trial.appliedTo(draft.policyId(), rule.number()))
                                .toList()))
                        .toList());
    }

    private static OfRule ofRule(List<Trial> trials) {
        return new OfRule(
                trials.size(),
                (int) trials.stream().filter(trial -> trial.change() > 0).count(),
                (int) trials.stream().filter(trial -> trial.change() < 0).count(),
                trials.stream()
                        .sorted(Comparator.comparing((Trial trial) -> trial.change() == 0))
                        .limit(MOST_EXAMPLES)
                        .map(Trial::example)
                        .toList());
    }

    private record Trial(PastDecision decision, List<Applied> applied, Verdict after) {

        static Trial of(PastDecision decision, List<RulePolicy> policies) {
            List<Applied> applied = PolicyRules.apply(policies, decision.action(), decision.trustTier());
            List<Finding> findings = new ArrayList<>(decision.verdict().findings());
            findings.removeIf(finding -> finding.check().equals(PolicyRules.CHECK));
            applied.forEach(each -> findings.add(each.finding()));
            return new Trial(decision, applied, Verdict.of(findings));
        }

        boolean appliedTo(UUID policyId, int rule) {
            return applied.stream().anyMatch(each -> each.policyId().equals(policyId) && each.rule() == rule);
        }

        /** Above 0: more strictly than it was. */
        int change() {
            return after.effect().compareTo(decision.verdict().effect());
        }

        Example example() {
            return new Example(
                    decision.at(),
                    decision.action().actionId(),
                    decision.action().actionType(),
                    decision.action().description(),
                    decision.verdict().ruling(),
                    after.ruling());
        }
    }
}
