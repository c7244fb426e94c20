package dev.lifeline.bench.evaluate;

import dev.lifeline.events.Action;
import dev.lifeline.events.Verdict;
import dev.lifeline.policy.domain.Context;
import dev.lifeline.policy.domain.Evaluation;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The judgement of actions with long parameters, of which next to all is the scan for what nobody should do. */
@State(Scope.Thread)
public class Scanning {

    @Param({"100", "1000", "10000", "60000"})
    public int bytes;

    private List<Action> actions = List.of();
    private final Context context = Cases.context(0);
    private int next;

    @Setup
    public void prepare() {
        actions = Cases.actions(Cases.parameters(bytes));
    }

    @Benchmark
    public Verdict lifeline() {
        return Evaluation.evaluate(actions.get(next++ & Cases.ACTIONS - 1), context);
    }
}
