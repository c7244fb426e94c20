package dev.lifeline.bench.policy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that asks an instance of policy-service, or whoever hands on to one, by one user's token. */
public record Agent(HttpClient http, UUID user, String token) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** An answer; status 0 when there was none. */
    public record Answer(int status, String body) {

        public String text(String field) {
            JsonNode json = JsonMapper.shared().readTree(body);
            return json.path(field).asString("");
        }
    }

    /** A client that keeps its connections. */
    public static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Proposes something harmless, that costs nothing and needs no connector. */
    public Answer propose(URI instance) {
        return send(instance, "POST", "/api/users/" + user + "/actions", """
                {"actionId": "%s", "actionType": "note.write", "description": "Write a note", "domain": "notes",
                 "connector": null, "parameters": {"text": "The harbour opens at ten."}, "estimatedCostCents": 0,
                 "reversible": true, "provenance": "user_originated", "urgency": "normal",
                 "risk": {"overall": "low", "dimensions": {"reversibility": "low", "financial_impact": "low",
                   "legal_sensitivity": "low", "privacy_sensitivity": "low", "relationship_sensitivity": "low",
                   "operational_risk": "low"}}}""".formatted(UUID.randomUUID()));
    }

    public Answer admit(URI instance, String decisionId) {
        return send(instance, "POST", "/api/decisions/" + decisionId + "/admission", "{\"executorId\": \"bench\"}");
    }

    public Answer complete(URI instance, String decisionId) {
        return send(instance, "POST", "/api/decisions/" + decisionId + "/completion", "{\"outcome\": \"succeeded\"}");
    }

    public Answer send(URI instance, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(instance.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, "{}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, "{}");
        }
    }
}
