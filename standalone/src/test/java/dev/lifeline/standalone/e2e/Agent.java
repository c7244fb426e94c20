package dev.lifeline.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user's agent: it proposes, asks right before it acts, and says what came of it. */
final class Agent {

    private final Api api;

    Agent(Api api) {
        this.api = api;
    }

    /** Proposes something harmless with the user's mail. */
    Proposal proposes(String description) {
        return proposes(description, "email.archive", true, "low");
    }

    Proposal proposes(String description, String actionType, boolean reversible, String risk) {
        return new Proposal("""
                {"actionId": "%s", "actionType": "%s", "description": "%s", "domain": "email", "connector": "gmail",
                 "parameters": {"folder": "Archive"}, "estimatedCostCents": 0, "reversible": %s,
                 "provenance": "trusted_context", "urgency": "normal", "risk": {"overall": "%s", "dimensions": {
                 "reversibility": "low", "financial_impact": "low", "legal_sensitivity": "low",
                 "privacy_sensitivity": "low", "relationship_sensitivity": "low", "operational_risk": "low"}}}
                """.formatted(UUID.randomUUID(), actionType, description, reversible, risk));
    }

    /** One action, which may be proposed as often as one likes. */
    final class Proposal {

        private final String action;
        private JsonNode decision;

        private Proposal(String action) {
            this.action = action;
            this.decision = ask();
        }

        /** Proposes it again; how far its decision is by now. */
        String state() {
            decision = ask();
            return decision.path("state").asString();
        }

        /** Why it is not done by itself; empty where it is. */
        String reason() {
            return decision.path("reason").asString("");
        }

        /** Asks for admission; {@code admitted}, or why not. */
        String begin() {
            HttpResponse<String> answer = send("admission", "{\"executorId\": \"mail-agent\"}");
            if (answer.statusCode() == 200) {
                return "admitted";
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
            return new JsonMapper().readTree(answer.body()).path("error").asString();
        }

        /** Says that it was done. */
        void done() {
            assertThat(send("completion", "{\"outcome\": \"succeeded\"}").statusCode())
                    .isEqualTo(204);
        }

        private HttpResponse<String> send(String what, String body) {
            String path = "/api/decisions/" + decision.path("decisionId").asString() + "/" + what;
            return api.up().send("POST", path, api.token(), body);
        }

        private JsonNode ask() {
            return api.post(api.own("/actions"), action);
        }
    }
}
