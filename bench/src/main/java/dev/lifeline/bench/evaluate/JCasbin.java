package dev.lifeline.bench.evaluate;

import com.googlecode.aviator.runtime.function.FunctionUtils;
import com.googlecode.aviator.runtime.type.AviatorBoolean;
import com.googlecode.aviator.runtime.type.AviatorObject;
import dev.lifeline.events.Action;
import dev.lifeline.events.Policy;
import dev.lifeline.events.RiskTier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.casbin.jcasbin.util.function.CustomFunction;

/** The rules as jCasbin takes them, in the two ways that it offers: an expression each, or data for a function. */
final class JCasbin {

    private static final String MODEL = """
            [request_definition]
            r = act

            [policy_definition]
            p = %s, eft

            [policy_effect]
            e = !some(where (p.eft == deny))

            [matchers]
            m = %s
            """;

    private JCasbin() {}

    /** As its documentation has it for rules upon attributes: each is an expression, evaluated by {@code eval}. */
    static Enforcer expressions(List<Policy.Rule> rules) {
        Enforcer enforcer = enforcer("rule", "eval(p.rule)");
        rules.forEach(rule -> enforcer.addPolicy(expression(rule), "deny"));
        return check(enforcer, rules);
    }

    /** Without an expression for each: field, operator and value are columns, and a function in Java compares. */
    static Enforcer functions(List<Policy.Rule> rules) {
        Enforcer enforcer = enforcer("field, operator, value", "applies(r.act, p.field, p.operator, p.value)");
        enforcer.addFunction("applies", new Applies());
        rules.forEach(rule -> enforcer.addPolicy(rule.field(), rule.operator(), value(rule), "deny"));
        return check(enforcer, rules);
    }

    static Map<String, Object> request(Action action) {
        return Map.of(
                "estimatedCostCents",
                Objects.requireNonNull(action.estimatedCostCents()),
                "domain",
                action.domain(),
                "actionType",
                action.actionType(),
                "riskTier",
                (long) Objects.requireNonNull(action.risk()).overall().ordinal());
    }

    private static Enforcer enforcer(String columns, String matcher) {
        Model model = new Model();
        model.loadModelFromText(MODEL.formatted(columns, matcher));
        return new Enforcer(model);
    }

    /** That it understands the rules: all of them let a harmless action pass, and the first stops a dear one. */
    private static Enforcer check(Enforcer enforcer, List<Policy.Rule> rules) {
        Map<String, Object> harmless =
                Map.of("estimatedCostCents", 1L, "domain", "email", "actionType", "email.archive", "riskTier", 1L);
        Map<String, Object> dear =
                Map.of("estimatedCostCents", 9_999L, "domain", "email", "actionType", "email.archive", "riskTier", 1L);
        if (!enforcer.enforce(harmless) || enforcer.enforce(dear)) {
            throw new IllegalStateException("jCasbin judges otherwise than meant by " + rules);
        }
        return enforcer;
    }

    private static String expression(Policy.Rule rule) {
        String field = "r.act." + rule.field();
        return switch (rule.operator()) {
            case "gt" -> field + " > " + value(rule);
            case "gte" -> field + " >= " + value(rule);
            case "eq" -> field + " == '" + value(rule) + "'";
            case "contains" -> "string.contains(" + field + ", '" + value(rule) + "')";
            default -> throw new IllegalArgumentException(rule.operator());
        };
    }

    private static String value(Policy.Rule rule) {
        return rule.field().equals("riskTier")
                ? Integer.toString(RiskTier.valueOf(rule.value().toString().toUpperCase(Locale.ROOT))
                        .ordinal())
                : rule.value().toString();
    }

    /** Compares as a rule says. */
    private static final class Applies extends CustomFunction {

        private static final long serialVersionUID = 1L;

        @Override
        public AviatorObject call(
                Map<String, Object> env,
                AviatorObject request,
                AviatorObject field,
                AviatorObject operator,
                AviatorObject value) {
            Map<?, ?> act = (Map<?, ?>) FunctionUtils.getJavaObject(request, env);
            Object found = Objects.requireNonNull(act.get(FunctionUtils.getStringValue(field, env)));
            String sought = FunctionUtils.getStringValue(value, env);
            return AviatorBoolean.valueOf(
                    switch (FunctionUtils.getStringValue(operator, env)) {
                        case "gt" -> (Long) found > Long.parseLong(sought);
                        case "gte" -> (Long) found >= Long.parseLong(sought);
                        case "eq" -> found.equals(sought);
                        case "contains" -> ((String) found).contains(sought);
                        default -> false;
                    });
        }

        @Override
        public String getName() {
            return "applies";
        }
    }
}
