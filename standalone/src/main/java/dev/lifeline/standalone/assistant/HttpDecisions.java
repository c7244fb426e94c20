package dev.lifeline.standalone.assistant;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Lifeline's interface for agents, with a token of its user and the scope {@code agent}. */
final class HttpDecisions implements Decisions {

    private static final String EXECUTOR = "demo-assistant";
    private static final int CONFLICT = 409;

    /** Not an action that Lifeline takes; asking again would not help. */
    private static final Set<Integer> NEVER = Set.of(400, CONFLICT, 413);

    private final String userId;
    private final Exchange lifeline;

    HttpDecisions(String userId, Exchange lifeline) {
        this.userId = userId;
        this.lifeline = lifeline;
    }

    @Override
    public Decision propose(JsonNode action) {
        String path = "/api/users/" + userId + "/actions";
        Exchange.Answer answer = lifeline.ask(path, action);
        if (NEVER.contains(answer.status())) {
            return new Decision("", "refused");
        }
        JsonNode decision = Exchange.demand(path, answer);
        return new Decision(
                decision.required("decisionId").asString(),
                decision.required("state").asString());
    }

    @Override
    public boolean admit(String decisionId) {
        String path = "/api/decisions/" + decisionId + "/admission";
        Exchange.Answer answer = lifeline.ask(path, Map.of("executorId", EXECUTOR));
        return answer.status() != CONFLICT
                && Exchange.demand(path, answer).path("admitted").asBoolean(false);
    }

    @Override
    public void complete(String decisionId, boolean succeeded) {
        lifeline.post(
                "/api/decisions/" + decisionId + "/completion",
                Map.of("outcome", succeeded ? "succeeded" : "failed", "actualCostCents", 0));
    }
}
