package dev.lifeline.poller.whatif;

import dev.lifeline.events.FailureClass;
import dev.lifeline.events.SourcePosition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What other rules would have made of past refusals; in this form it is printed as JSON.
 *
 * @param rules the version of the rules that were tried
 * @param rulesInForce the version of those that judge now
 * @param records how many records the log has, of all types
 * @param unreadable how many of those could not be understood
 * @param unknown how many are of a type that this release does not know
 * @param refusals how many refusals there are
 * @param judged how many of them could be judged again
 * @param changed how many of those would have had another verdict
 * @param judgedBy by the version of the rules that judged them then, how many could be judged again
 * @param ownFindings how many the poller found by itself, so that no rule has a say in them
 * @param lacking by the field that is missing from them, how many can not be judged again
 * @param changes the most frequent first
 */
public record Outcome(
        String rules,
        String rulesInForce,
        long records,
        long unreadable,
        long unknown,
        long refusals,
        long judged,
        long changed,
        Map<String, Long> judgedBy,
        long ownFindings,
        Map<String, Long> lacking,
        List<Change> changes) {

    /** What a verdict tells those who act on it. */
    public record Ruling(FailureClass failureClass, String errorCode) {}

    /**
     * The refusals that go from one verdict to another.
     *
     * @param rule which of the rules that were tried judges them
     * @param alreadyInForce how many of them the rules in force judge so too, because older ones judged them then
     * @param examples the newest
     */
    public record Change(Ruling from, Ruling to, String rule, long count, long alreadyInForce, List<Example> examples) {
        public Change {
            examples = List.copyOf(examples);
        }
    }

    /**
     * A refusal, and where it lies.
     *
     * @param rule which rule judged it then
     * @param rulesVersion of which version
     */
    public record Example(
            SourcePosition at,
            Instant time,
            UUID userId,
            String connectorName,
            String provider,
            int httpStatus,
            @Nullable String error,
            @Nullable String errorSubtype,
            @Nullable String description,
            String rule,
            String rulesVersion) {}

    public Outcome {
        judgedBy = Map.copyOf(judgedBy);
        lacking = Map.copyOf(lacking);
        changes = List.copyOf(changes);
    }
}
