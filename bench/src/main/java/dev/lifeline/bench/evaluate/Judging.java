package dev.lifeline.bench.evaluate;

import dev.lifeline.events.Action;
import dev.lifeline.events.Verdict;
import dev.lifeline.policy.domain.Context;
import dev.lifeline.policy.domain.Evaluation;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The whole judgement: every check, the user's rules among them. */
@State(Scope.Thread)
public class Judging {

    @Param({"0", "10", "100"})
    public int rules;

    private List<Action> actions = List.of();
    private Context context = Cases.context(0);
    private int next;

    @Setup
    public void prepare() {
        actions = Cases.actions(Map.of("messageId", "m-1", "from", "The Harbour Weekly <weekly@harbour.example>"));
        context = Cases.context(rules);
    }

    @Benchmark
    public Verdict lifeline() {
        return Evaluation.evaluate(actions.get(next++ & Cases.ACTIONS - 1), context);
    }
}
