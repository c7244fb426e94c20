package dev.lifeline.poller.whatif;

import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.poller.domain.classification.PastRefusal;
import dev.lifeline.poller.domain.classification.RuleTable;
import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.poller.whatif.Outcome.Change;
import dev.lifeline.poller.whatif.Outcome.Example;
import dev.lifeline.poller.whatif.Outcome.Ruling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tries rules on one refusal after the other; keeps counts and a few examples. */
public final class Trial {

    private static final int MOST_EXAMPLES = 3;

    private final RuleTable rules;
    private final RuleTable inForce;
    private final Map<String, Long> judgedBy = new HashMap<>();
    private final Map<String, Long> lacking = new HashMap<>();
    private final Map<Path, Found> changes = new HashMap<>();
    private long refusals;
    private long ownFindings;

    private record Path(Ruling from, Ruling to, String rule) {}

    private static final class Found {
        private long count;
        private long alreadyInForce;
        private final List<Example> examples = new ArrayList<>();
    }

    /** @param inForce the rules that judge now */
    public Trial(RuleTable rules, RuleTable inForce) {
        this.rules = rules;
        this.inForce = inForce;
    }

    /** Judges a refusal again. */
    public void take(SourcePosition at, Instant time, OAuthRefreshFailed event) {
        refusals++;
        switch (PastRefusal.of(event)) {
            case PastRefusal.OwnFinding own -> ownFindings++;
            case PastRefusal.Lacking lacks -> lacking.merge(lacks.field(), 1L, Long::sum);
            case PastRefusal.Judgeable refusal -> judge(refusal, at, time, event);
        }
    }

    private void judge(PastRefusal.Judgeable refusal, SourcePosition at, Instant time, OAuthRefreshFailed event) {
        judgedBy.merge(event.rulesVersion(), 1L, Long::sum);
        Verdict verdict = refusal.judge(rules);
        Ruling from = new Ruling(event.failureClass(), event.errorCode());
        Ruling to = ruling(verdict);
        if (from.equals(to)) {
            return;
        }
        Found found = changes.computeIfAbsent(new Path(from, to, verdict.rule()), first -> new Found());
        found.count++;
        if (ruling(refusal.judge(inForce)).equals(to)) {
            found.alreadyInForce++;
        }
        found.examples.add(example(at, time, event));
        found.examples.sort(Comparator.comparing(Example::time).reversed());
        if (found.examples.size() > MOST_EXAMPLES) {
            found.examples.removeLast();
        }
    }

    /**
     * What has come of it.
     *
     * @param records how many records were read to find them
     * @param unreadable how many of those could not be understood
     * @param unknown how many are of a type that this release does not know
     */
    public Outcome outcome(long records, long unreadable, long unknown) {
        List<Change> all = changes.entrySet().stream()
                .map(each -> change(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(Change::count)
                        .reversed()
                        .thenComparing(change -> change.from().toString())
                        .thenComparing(change -> change.to().toString()))
                .toList();
        return new Outcome(
                rules.version(),
                inForce.version(),
                records,
                unreadable,
                unknown,
                refusals,
                judgedBy.values().stream().mapToLong(Long::longValue).sum(),
                all.stream().mapToLong(Change::count).sum(),
                judgedBy,
                ownFindings,
                lacking,
                all);
    }

    private static Change change(Path path, Found found) {
        return new Change(path.from(), path.to(), path.rule(), found.count, found.alreadyInForce, found.examples);
    }

    private static Ruling ruling(Verdict verdict) {
        return new Ruling(verdict.failureClass(), verdict.errorCode());
    }

    private static Example example(SourcePosition at, Instant time, OAuthRefreshFailed event) {
        return new Example(
                at,
                time,
                event.userId(),
                event.connectorName(),
                event.provider(),
                event.httpStatus(),
                event.error(),
                event.errorSubtype(),
                event.description(),
                event.rule(),
                event.rulesVersion());
    }
}
