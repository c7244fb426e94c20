package dev.lifeline.events.rule;

import dev.lifeline.events.Action;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Policy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An action that is as usual but for one field, and a user's policy of some rules. */
final class Given {

    static final UUID POLICY = UUID.fromString("b1b1b1b1-0000-4000-8000-000000000001");

    private static final Codec CODEC = new Codec();
    private static final List<String> DIMENSIONS = List.of(
            "reversibility",
            "financial_impact",
            "legal_sensitivity",
            "privacy_sensitivity",
            "relationship_sensitivity",
            "operational_risk");

    private Given() {}

    static Action action() {
        return action("domain", "email");
    }

    static Action action(String field, @Nullable Object value) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("actionId", "c1c1c1c1-0000-4000-8000-000000000001");
        json.put("actionType", "email.archive");
        json.put("description", "Archive a newsletter");
        json.put("domain", "email");
        json.put("connector", "gmail");
        json.put("parameters", Map.of("messageId", "m-1"));
        json.put("estimatedCostCents", 0);
        json.put("reversible", true);
        json.put("provenance", "user_originated");
        json.put("urgency", "normal");
        json.put("risk", risk("low", "low"));
        json.put(field, value);
        return CODEC.decodeValue(Action.class, CODEC.encodeValue(json));
    }

    /** An action that is so risky on the whole, and in each respect. */
    static Action risking(String overall, String each) {
        return action("risk", risk(overall, each));
    }

    static Policy.Rule rule(String field, String operator, Object value, String effect) {
        return new Policy.Rule(field, operator, value, effect, "because");
    }

    static RulePolicy policy(Policy.Rule... rules) {
        return RuleReader.read(new Policy(POLICY, "Mine", "", 1, true, Arrays.asList(rules)), 1);
    }

    private static Map<String, Object> risk(String overall, String each) {
        Map<String, String> dimensions = new HashMap<>();
        DIMENSIONS.forEach(dimension -> dimensions.put(dimension, each));
        return Map.of("overall", overall, "dimensions", dimensions);
    }
}
