package dev.lifeline.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.standalone.Up;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lifeline as a program of somebody's sees it, with his bearer token. */
record Api(Up up, String userId, String token) {

    private static final JsonMapper JSON = new JsonMapper();

    static Api of(Up up, String name) {
        String id = switch (name) {
            case "alice" -> "11111111-1111-4111-8111-111111111111";
            case "bob" -> "22222222-2222-4222-8222-222222222222";
            default -> "99999999-9999-4999-8999-999999999999";
        };
        JsonNode bearer = JSON.readTree(up.control("/control/users/" + name + "/token", ""));
        return new Api(up, id, bearer.path("token").asString());
    }

    /** A path of this user's. */
    String own(String path) {
        return "/api/users/" + userId + path;
    }

    JsonNode get(String path) {
        return succeeded(path, up.get(path, token));
    }

    JsonNode put(String path, String json) {
        return succeeded(path, up.send("PUT", path, token, json));
    }

    JsonNode post(String path, String json) {
        return succeeded(path, up.send("POST", path, token, json));
    }

    void delete(String path) {
        succeeded(path, up.send("DELETE", path, token, ""));
    }

    /** How far the user trusts his assistant; all else is as for somebody who has set nothing. */
    void trust(String tier) {
        put(own("/autonomy-settings"), """
                {"trustTier": "%s", "maxSpendPerActionCents": null, "maxDailySpendCents": null, "allowedDomains": [],
                 "blockedDomains": [], "requireApprovalForIrreversible": true, "quietHours": null, "timeZone": "UTC"}
                """.formatted(tier));
    }

    /** Nothing is paused, allowed, ruled or waiting any more. */
    void forgetAll() {
        put(own("/autonomy-pause"), "{\"paused\": false}");
        trust("suggest");
        for (JsonNode policy : get(own("/policies")).path("items")) {
            delete(own("/policies/" + policy.path("policyId").asString()));
        }
        for (JsonNode waiting : get(own("/approvals?limit=200")).path("items")) {
            post(own("/approvals/" + waiting.path("approvalId").asString() + "/reject"), "{}");
        }
    }

    private static JsonNode succeeded(String path, HttpResponse<String> response) {
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }
}
