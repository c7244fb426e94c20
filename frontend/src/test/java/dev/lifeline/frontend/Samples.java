package dev.lifeline.frontend;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Things as the real server tells them, for {@link CannedAutonomy} to tell. */
final class Samples {

    private static final String ACTION = "22222222-2222-4222-8222-222222222222";

    private Samples() {}

    /** How a connector is. */
    static Map<String, @Nullable Object> health(String condition, @Nullable String errorCode, Instant lastSuccessAt) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("status", condition.equals("needs_reauth") ? "needs_reauth" : "connected");
        row.put("condition", condition);
        row.put("errorCode", errorCode);
        row.put("lastSuccessAt", lastSuccessAt.toString());
        row.put(
                "lastFailureAt",
                errorCode == null ? null : lastSuccessAt.plusSeconds(5).toString());
        row.put("provider", "sandbox");
        row.put("account", "alice@example.org");
        return row;
    }

    /** An action that waits. */
    static Map<String, @Nullable Object> approval(
            String id, String description, String reason, String risk, String confirmationLevel) {
        Map<String, @Nullable Object> action = new LinkedHashMap<>();
        action.put("actionId", id);
        action.put("actionType", "email.archive");
        action.put("description", description);
        action.put("domain", "email");
        action.put("connector", "gmail");
        action.put("parameters", Map.of("messages", List.of("m1", "m2"), "folder", "Archive"));
        action.put("estimatedCostCents", 0);
        action.put("reversible", confirmationLevel.equals("single"));
        action.put("provenance", "untrusted_external");
        action.put("urgency", "normal");
        action.put(
                "risk",
                Map.of("overall", risk, "dimensions", Map.of("privacy_sensitivity", "low", "reversibility", risk)));
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("approvalId", id);
        item.put("decisionId", id);
        item.put("action", action);
        item.put("actionHash", "hash-" + id);
        item.put("reason", reason);
        item.put(
                "findings",
                List.of(Map.of("check", "brake", "effect", "require_approval", "code", reason, "detail", "")));
        item.put("confirmationLevel", confirmationLevel);
        item.put("status", "pending");
        item.put("createdAt", Instant.now().toString());
        item.put("expiresAt", Instant.now().plus(Duration.ofMinutes(75)).toString());
        return item;
    }

    /** What a user lets his assistant do. */
    static Map<String, @Nullable Object> settings(String tier) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("trustTier", tier);
        settings.put("maxSpendPerActionCents", 1250);
        settings.put("maxDailySpendCents", null);
        settings.put("allowedDomains", List.of("email", "calendar"));
        settings.put("blockedDomains", List.of());
        settings.put("requireApprovalForIrreversible", true);
        settings.put("quietHours", Map.of("start", "22:00", "end", "07:00"));
        settings.put("timeZone", "Europe/Berlin");
        return settings;
    }

    /** Two rules, the second of which denies. */
    static Map<String, @Nullable Object> policy(String name) {
        Map<String, @Nullable Object> policy = new LinkedHashMap<>();
        policy.put("policyId", "1");
        policy.put("version", 1);
        policy.put("name", name);
        policy.put("description", "");
        policy.put("priority", 10);
        policy.put("enabled", true);
        policy.put(
                "rules",
                List.of(
                        rule("domain", "in", List.of("email", "calendar"), "require_approval", "I want to see it"),
                        rule("riskTier", "gte", "moderate", "deny", "")));
        return policy;
    }

    /** One rule. */
    static Map<String, Object> rule(String field, String operator, Object value, String effect, String reason) {
        return Map.of("field", field, "operator", operator, "value", value, "effect", effect, "reason", reason);
    }

    /** What rules would have done: the later, the less. */
    static Map<String, Object> preview(List<?> rules) {
        List<Object> told = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            told.add(Map.of(
                    "matched",
                    12 - i,
                    "stricter",
                    9 - i,
                    "looser",
                    0,
                    "examples",
                    List.of(Map.of(
                            "at", Instant.now().toString(),
                            "actionId", ACTION,
                            "actionType", "email.archive",
                            "description", "Archive a newsletter",
                            "before", "auto_execute",
                            "after", "require_approval"))));
        }
        return Map.of("actions", 87, "rules", told);
    }

    /** How things stood for somebody, or for nobody. */
    static Map<String, @Nullable Object> past(boolean known) {
        Map<String, @Nullable Object> past = new LinkedHashMap<>();
        past.put("known", known);
        past.put("connectors", List.of());
        past.put("userPause", null);
        past.put("operatorPauses", List.of());
        past.put("settings", Map.of("trustTier", "suggest"));
        past.put("waiting", List.of());
        String detail = "Access was revoked or has expired.";
        past.put(
                "screen",
                Map.of(
                        "banners",
                        List.of(Map.of("text", "Gmail is disconnected.", "detail", detail, "severity", "amber"))));
        past.put("whole", true);
        return past;
    }

    /** A command that could not be read, whoever it was of. */
    static Map<String, @Nullable Object> unreadable() {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("source", Map.of("topic", "lifeline.autonomy.commands", "partition", 2, "offset", 17));
        record.put("userId", null);
        record.put("reason", "not JSON, or not alone, at byte 4");
        record.put("at", Instant.now().toString());
        return record;
    }

    /** How all are, with these pauses and these records that could not be read. */
    static Map<String, Object> fleet(String asOf, List<?> pauses, List<?> unreadable) {
        String caughtUp = Instant.now().minusSeconds(1).toString();
        Map<String, Object> fleet = new LinkedHashMap<>(Map.of(
                "asOf",
                asOf,
                "users",
                1204,
                "connectors",
                List.of(
                        counted("google", "condition", "ok", 1800),
                        counted("google", "condition", "needs_reauth", 12),
                        counted("sandbox", "condition", "retrying", 3),
                        counted("sandbox", "condition", "operator_fault", 310)),
                "errorCodes",
                List.of(
                        Map.of(
                                "provider", "google",
                                "errorCode", "invalid_grant",
                                "failureClass", "REAUTH",
                                "count", 12),
                        Map.of(
                                "provider", "sandbox",
                                "errorCode", "invalid_client",
                                "failureClass", "CONFIG",
                                "count", 310)),
                "lag",
                Map.of(
                        "pollers", Map.of("overdue", 2, "oldestDueBy", caughtUp),
                        "projector", List.of(Map.of("projection", "connector-health", "caughtUpAt", caughtUp))),
                "pauses",
                pauses,
                "unreadable",
                unreadable,
                "verification",
                Map.of(
                        "partitions", 4,
                        "proven", 4,
                        "rows", 8329,
                        "unprovable", 0,
                        "different", 0,
                        "oldest", caughtUp,
                        "everySeconds", 86_400,
                        "first", List.of())));
        fleet.put("now", Instant.now().toString());
        return fleet;
    }

    private static Map<String, Object> counted(String provider, String by, String value, int count) {
        return Map.of("provider", provider, by, value, "count", count);
    }
}
