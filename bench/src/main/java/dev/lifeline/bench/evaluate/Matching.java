package dev.lifeline.bench.evaluate;

import dev.lifeline.events.Action;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.rule.PolicyRules;
import dev.lifeline.events.rule.RulePolicy;
import java.util.List;
import java.util.Map;
import org.casbin.jcasbin.main.Enforcer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same rules tried on the same actions, and nothing else: by Lifeline, and by jCasbin. */
@State(Scope.Thread)
public class Matching {

    @Param({"10", "100"})
    public int rules;

    private List<Action> actions = List.of();
    private List<Map<String, Object>> requests = List.of();
    private List<RulePolicy> policies = List.of();
    private Enforcer expressions = new Enforcer();
    private Enforcer functions = new Enforcer();
    private int next;

    @Setup
    public void prepare() {
        actions = Cases.actions(Map.of());
        requests = actions.stream().map(JCasbin::request).toList();
        policies = Cases.policies(rules);
        expressions = JCasbin.expressions(Cases.rules(rules));
        functions = JCasbin.functions(Cases.rules(rules));
    }

    @Benchmark
    public boolean lifeline() {
        Action action = actions.get(next++ & Cases.ACTIONS - 1);
        return PolicyRules.apply(policies, action, TrustTier.HIGH_AUTONOMY).isEmpty();
    }

    @Benchmark
    public boolean jcasbinExpressions() {
        return expressions.enforce(requests.get(next++ & Cases.ACTIONS - 1));
    }

    @Benchmark
    public boolean jcasbinFunctions() {
        return functions.enforce(requests.get(next++ & Cases.ACTIONS - 1));
    }
}
