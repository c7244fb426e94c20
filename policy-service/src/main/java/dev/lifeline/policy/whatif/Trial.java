package dev.lifeline.policy.whatif;

import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.Circumstances.PolicyVersion;
import dev.lifeline.events.Policy;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Verdict;
import dev.lifeline.events.rule.MalformedException;
import dev.lifeline.events.rule.PolicyRules;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import dev.lifeline.policy.application.Judge;
import dev.lifeline.policy.domain.Context;
import dev.lifeline.policy.domain.Evaluation;
import dev.lifeline.policy.whatif.Outcome.Change;
import dev.lifeline.policy.whatif.Outcome.Decided;
import dev.lifeline.policy.whatif.Outcome.Example;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tries policies on one past decision of a user after the other; keeps counts and a few examples. */
public final class Trial {

    private static final int MOST_EXAMPLES = 3;

    private final UUID userId;
    private final Proposed proposed;
    private final Map<PolicyVersion, Policy> writings = new HashMap<>();
    private final Map<String, Long> judgedBy = new HashMap<>();
    private final Map<String, Long> lacking = new HashMap<>();
    private final Map<Turn, Found> changes = new HashMap<>();
    private long decisions;
    private long stricter;
    private long looser;

    private record Turn(Decided from, Decided to) {}

    private static final class Found {
        private long count;
        private final List<Example> examples = new ArrayList<>();
    }

    public Trial(UUID userId, Proposed proposed) {
        this.userId = userId;
        this.proposed = proposed;
    }

    /** Notes what a policy of the user's said; comes before the decisions that were made by it. */
    public void written(PolicyChanged event) {
        writings.put(new PolicyVersion(event.policy().policyId(), event.version()), event.policy());
    }

    /** Judges an action again. */
    public void take(SourcePosition at, Instant time, ActionDecided past) {
        decisions++;
        List<RulePolicy> then = new ArrayList<>();
        for (PolicyVersion each : past.circumstances().policies()) {
            if (proposed.keeps(each.policyId())) {
                Optional<RulePolicy> writing = writing(each);
                if (writing.isEmpty()) {
                    lacking.merge("policy " + each.policyId() + " version " + each.version(), 1L, Long::sum);
                    return;
                }
                then.add(writing.get());
            }
        }
        judge(proposed.over(then), at, time, past);
    }

    /** Empty when it is not in the log, or a later release wrote what this one does not understand. */
    private Optional<RulePolicy> writing(PolicyVersion version) {
        try {
            return Optional.ofNullable(writings.get(version)).map(policy -> RuleReader.read(policy, version.version()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private void judge(List<RulePolicy> policies, SourcePosition at, Instant time, ActionDecided past) {
        judgedBy.merge(past.circumstances().rulesVersion(), 1L, Long::sum);
        Verdict verdict = Judge.again(past, policies);
        Turn turn = new Turn(Decided.of(past.verdict()), Decided.of(verdict));
        if (turn.from().equals(turn.to())) {
            return;
        }
        int strictness = verdict.effect().compareTo(past.verdict().effect());
        stricter += strictness > 0 ? 1 : 0;
        looser += strictness < 0 ? 1 : 0;
        Found found = changes.computeIfAbsent(turn, first -> new Found());
        found.count++;
        found.examples.add(example(policies, at, time, past));
        found.examples.sort(Comparator.comparing(Example::time).reversed());
        if (found.examples.size() > MOST_EXAMPLES) {
            found.examples.removeLast();
        }
    }

    /**
     * What has come of it.
     *
     * @param records how many records were read to find the decisions
     * @param unreadable how many of those could not be understood
     * @param unknown how many are of a type that this release does not know
     */
    public Outcome outcome(long records, long unreadable, long unknown) {
        List<Change> all = changes.entrySet().stream()
                .map(each -> new Change(
                        each.getKey().from(), each.getKey().to(), each.getValue().count, each.getValue().examples))
                .sorted(Comparator.comparingLong(Change::count)
                        .reversed()
                        .thenComparing(change -> change.from().toString())
                        .thenComparing(change -> change.to().toString()))
                .toList();
        return new Outcome(
                userId,
                Evaluation.RULES_VERSION,
                records,
                unreadable,
                unknown,
                decisions,
                judgedBy.values().stream().mapToLong(Long::longValue).sum(),
                all.stream().mapToLong(Change::count).sum(),
                stricter,
                looser,
                judgedBy,
                lacking,
                all);
    }

    private static Example example(List<RulePolicy> policies, SourcePosition at, Instant time, ActionDecided past) {
        return new Example(
                at,
                time,
                past.decisionId(),
                past.revision(),
                past.action().actionId(),
                past.action().actionType(),
                past.action().domain(),
                PolicyRules.apply(
                                policies,
                                past.action(),
                                Context.again(past, policies).trustTier())
                        .stream()
                        .map(applied -> new Outcome.Rule(applied.policyId(), applied.rule()))
                        .toList());
    }
}
