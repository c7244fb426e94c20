package dev.lifeline.policy.whatif;

import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What other policies would have made of a user's past actions; in this form it is printed as JSON. Nobody's words are in it.
 *
 * @param checksInForce the version of the checks that judge now, and judged again
 * @param records how many records the log has in the user's partition, of all types and users
 * @param unreadable how many of those could not be understood
 * @param unknown how many are of a type that this release does not know
 * @param decisions how many verdicts there are on the user's actions; an action that was judged twice to different ends has two
 * @param judged how many of them could be judged again
 * @param changed how many of those would have been others
 * @param stricter how many would have been stricter
 * @param looser how many less strict
 * @param judgedBy by the version of the checks that judged them then, how many could be judged again
 * @param lacking by the writing of a policy that is not in the log, how many can not be judged again
 * @param changes the most frequent first
 */
public record Outcome(
        UUID userId,
        String checksInForce,
        long records,
        long unreadable,
        long unknown,
        long decisions,
        long judged,
        long changed,
        long stricter,
        long looser,
        Map<String, Long> judgedBy,
        Map<String, Long> lacking,
        List<Change> changes) {

    /** What a verdict tells those who act on it. */
    public record Decided(
            Ruling ruling,
            @Nullable ConfirmationLevel confirmationLevel,
            @Nullable String reason) {

        static Decided of(Verdict verdict) {
            return new Decided(verdict.ruling(), verdict.confirmationLevel(), verdict.reason());
        }
    }

    /**
     * The actions that go from one verdict to another.
     *
     * @param examples the newest
     */
    public record Change(Decided from, Decided to, long count, List<Example> examples) {
        public Change {
            examples = List.copyOf(examples);
        }
    }

    /**
     * A verdict, and where it lies.
     *
     * @param rules the rules of policies that apply now, in their order
     */
    public record Example(
            SourcePosition at,
            Instant time,
            UUID decisionId,
            int revision,
            UUID actionId,
            String actionType,
            String domain,
            List<Rule> rules) {
        public Example {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rule.
     *
     * @param rule its place in its policy, from 0
     */
    public record Rule(UUID policyId, int rule) {}

    public Outcome {
        judgedBy = Map.copyOf(judgedBy);
        lacking = Map.copyOf(lacking);
        changes = List.copyOf(changes);
    }
}
