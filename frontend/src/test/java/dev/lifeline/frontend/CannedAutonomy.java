package dev.lifeline.frontend;

import static dev.lifeline.frontend.CannedLifeline.USER;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The brake, approvals, settings, rules and the operator's view, as the contract has their routes. For one user. */
final class CannedAutonomy {

    /** Somebody of whom nothing is known. */
    static final String NOBODY = "99999999-9999-4999-8999-999999999999";

    private static final String OF_NOBODY = "/api/ops/users/" + NOBODY;
    private static final String OF_USER = "/api/users/" + USER;

    private final CannedLifeline lifeline;

    final List<Map<String, @Nullable Object>> approvals = new CopyOnWriteArrayList<>();
    final List<Map<String, @Nullable Object>> policies = new CopyOnWriteArrayList<>();
    final List<Map<String, @Nullable Object>> operatorPauses = new CopyOnWriteArrayList<>();
    final List<Map<String, @Nullable Object>> unreadable = new CopyOnWriteArrayList<>();
    /** Bodies of the changes, in order. */
    final Collection<Map<String, @Nullable Object>> bodies = new ConcurrentLinkedQueue<>();

    volatile Map<String, @Nullable Object> settings = Samples.settings("moderate_autonomy");
    volatile @Nullable Instant pausedAt;
    volatile @Nullable String pausedReason;
    final AtomicInteger pauses = new AtomicInteger();
    final AtomicInteger policyVersions = new AtomicInteger(1);
    /** All settings at once are answered as if others had been set meanwhile. */
    volatile boolean settingsChanged;
    /** What is answered to every change but a preview: a detail that begins with the field. */
    volatile @Nullable String malformed;
    /** The next yes comes when two have become necessary, and is answered late. */
    volatile boolean raisedMeanwhile;
    /** How long it takes to tell what waits. */
    volatile Duration approvalsTake = Duration.ZERO;
    /** How all are can not be told. */
    volatile boolean fleetAway;
    /** How long the second confirmation has to wait. */
    volatile Duration moment = Duration.ofSeconds(2);

    CannedAutonomy(CannedLifeline lifeline) {
        this.lifeline = lifeline;
    }

    /** An action that waits. */
    void waits(String id, String description, String reason, String risk, String confirmationLevel) {
        approvals.add(Samples.approval(id, description, reason, risk, confirmationLevel));
    }

    /** The operator pauses. */
    void operatorPauses(String kind, @Nullable String value, String reason) {
        Map<String, @Nullable Object> scope = new LinkedHashMap<>();
        scope.put("kind", kind);
        scope.put("value", value);
        operatorPauses.add(
                Map.of("scope", scope, "reason", reason, "since", Instant.now().toString(), "version", 7));
        lifeline.banner(
                "operator_pause", "red", "Auto-execution is paused by the operator.", reason, Instant.now(), null);
        lifeline.push();
    }

    /** The user's pause, wherever he pulled it. */
    void paused(@Nullable String reason) {
        pauses.incrementAndGet();
        pausedAt = Instant.now();
        pausedReason = reason;
        String said = reason == null ? "You paused it." : "You paused it: “" + reason + "”.";
        lifeline.banner(
                "user_pause",
                "red",
                "Auto-execution is paused.",
                said + " Actions wait in Approvals until you resume.",
                Instant.now(),
                "/");
        lifeline.push();
    }

    void resumed() {
        pausedAt = null;
        pausedReason = null;
        lifeline.banners.removeIf(banner -> "user_pause".equals(banner.get("kind")));
        lifeline.push();
    }

    /** Whether it was for this to answer. */
    boolean read(HttpExchange exchange, String path) throws IOException {
        if (fleetAway && path.equals("/api/ops/fleet")) {
            Replies.problem(exchange, 503, "The database does not answer. Try again in a moment.");
            return true;
        }
        @Nullable
        Object body = switch (path) {
            case "/api/ops/users/" + USER + "/past" -> Samples.past(true);
            case "/api/ops/users/" + USER + "/timeline", OF_NOBODY + "/timeline" ->
                lifeline.page(exchange.getRequestURI().getQuery());
            case OF_NOBODY + "/past" -> Samples.past(false);
            case OF_USER + "/autonomy-state" -> state();
            case OF_USER + "/approvals" -> waiting(exchange.getRequestURI().getQuery());
            case OF_USER + "/autonomy-settings" -> settings;
            case OF_USER + "/policies" -> listed(policies);
            case "/api/ops/fleet" ->
                lifeline.roles.contains("operator") || lifeline.roles.contains("auditor") ? fleet() : null;
            default -> null;
        };
        if (body != null) {
            Replies.json(exchange, 200, body);
        }
        return body != null;
    }

    /** Whether it was for this to answer. */
    boolean change(HttpExchange exchange, String path) throws IOException {
        boolean mine = List.of("autonomy-", "/trust-tier", "/policies", "/approvals/", "/api/ops/").stream()
                .anyMatch(path::contains);
        if (!mine) {
            return false;
        }
        Map<String, @Nullable Object> body = Replies.body(exchange);
        if (path.endsWith("/policies/preview")) {
            Replies.json(exchange, 200, Samples.preview((List<?>) Objects.requireNonNull(body.get("rules"))));
            return true;
        }
        bodies.add(body);
        @Nullable String refusal = malformed;
        if (refusal != null) {
            Replies.problem(exchange, 400, refusal);
            return true;
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        switch (last) {
            case "autonomy-pause" -> {
                pause(path, body);
                int status = 200;
                if (lifeline.changes == CannedLifeline.Changes.PENDING) {
                    exchange.getResponseHeaders().set("Location", "/api/users/" + USER + "/commands/1");
                    status = 202;
                }
                Replies.json(exchange, status, path.contains("/ops/") ? fleet() : state());
            }
            case "autonomy-settings" -> {
                if (settingsChanged) {
                    Replies.problem(
                            exchange, 409, "The settings were changed meanwhile; look at them, and set them again.");
                } else {
                    settings = body;
                    Replies.json(exchange, 200, settings);
                }
            }
            case "trust-tier" -> {
                Map<String, @Nullable Object> trusted = new LinkedHashMap<>(settings);
                trusted.putAll(body);
                settings = trusted;
                Replies.json(exchange, 200, settings);
            }
            case "approve", "reject" -> answer(exchange, path, body, last);
            case "resolve" -> {
                unreadable.clear();
                Replies.json(exchange, 200, fleet());
            }
            default -> changePolicy(exchange, last, body);
        }
        return true;
    }

    private void changePolicy(HttpExchange exchange, String id, Map<String, @Nullable Object> body) throws IOException {
        @Nullable Object seen = body.get("version");
        if (seen != null
                && policies.stream()
                        .noneMatch(policy -> id.equals(policy.get("policyId")) && seen.equals(policy.get("version")))) {
            Replies.problem(exchange, 409, "These rules were changed or removed meanwhile.");
            return;
        }
        policies.removeIf(policy -> id.equals(policy.get("policyId")));
        if (exchange.getRequestMethod().equals("PUT")) {
            body.put("policyId", id);
            body.put("version", policyVersions.incrementAndGet());
            policies.add(body);
        }
        Replies.json(exchange, 200, listed(policies));
    }

    private void pause(String path, Map<String, @Nullable Object> body) {
        boolean pause = Boolean.TRUE.equals(body.get("paused"));
        if (!path.contains("/ops/")) {
            if (pause) {
                paused((String) body.get("reason"));
            } else {
                resumed();
            }
            return;
        }
        Map<?, ?> scope = (Map<?, ?>) Objects.requireNonNull(body.get("scope"));
        if (pause) {
            operatorPauses(
                    String.valueOf(scope.get("kind")),
                    (String) scope.get("value"),
                    String.valueOf(body.getOrDefault("reason", "")));
        } else {
            operatorPauses.removeIf(each -> scope.equals(each.get("scope")));
        }
    }

    private void answer(HttpExchange exchange, String path, Map<String, @Nullable Object> body, String verb)
            throws IOException {
        String id = path.split("/")[5];
        if (raisedMeanwhile) {
            raisedMeanwhile = false;
            approvals.replaceAll(each -> {
                Map<String, @Nullable Object> raised = new LinkedHashMap<>(each);
                raised.put("confirmationLevel", "dual");
                return raised;
            });
            exchange.getResponseHeaders().set("Location", "/api/users/" + USER + "/commands/1");
            Replies.json(exchange, 202, Map.of("approvalId", id, "status", "pending"));
            return;
        }
        boolean dual = approvals.stream()
                .anyMatch(each -> id.equals(each.get("approvalId")) && "dual".equals(each.get("confirmationLevel")));
        if (verb.equals("approve") && dual && body.get("confirmationToken") == null) {
            Replies.json(
                    exchange,
                    200,
                    Map.of(
                            "status",
                            "confirmation_required",
                            "confirmationToken",
                            "token-" + id,
                            "notBefore",
                            Instant.now().plus(moment).toString()));
            return;
        }
        approvals.removeIf(each -> id.equals(each.get("approvalId")));
        Replies.json(
                exchange, 200, Map.of("approvalId", id, "status", verb.equals("approve") ? "approved" : "rejected"));
    }

    private Map<String, @Nullable Object> state() {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        @Nullable Instant at = pausedAt;
        state.put("userId", USER);
        state.put("asOf", lifeline.asOf());
        state.put(
                "globalPause",
                operatorPauses.stream()
                        .map(each -> (Map<?, ?>) Objects.requireNonNull(each.get("scope")))
                        .anyMatch(scope -> scope.get("value") == null));
        state.put("userPause", at != null);
        state.put("pausedAt", at == null ? null : at.toString());
        state.put("pausedReason", pausedReason);
        state.put("pauseVersion", pauses.get());
        state.put(
                "reason",
                operatorPauses.isEmpty()
                        ? pausedReason
                        : operatorPauses.getFirst().get("reason"));
        state.put("operator", Map.of("pauses", operatorPauses));
        return state;
    }

    private Map<String, @Nullable Object> waiting(String query) {
        LockSupport.parkNanos(approvalsTake.toNanos());
        int limit = Integer.parseInt(query.replaceAll(".*limit=(\\d+).*", "$1"));
        Map<String, @Nullable Object> list =
                listed(approvals.stream().limit(limit).toList());
        list.put("count", approvals.size());
        list.put("next", approvals.size() > limit ? "after" : null);
        return list;
    }

    private Map<String, @Nullable Object> listed(List<Map<String, @Nullable Object>> items) {
        Map<String, @Nullable Object> list = new LinkedHashMap<>();
        list.put("asOf", lifeline.asOf());
        list.put("items", items);
        return list;
    }

    private Map<String, Object> fleet() {
        return Samples.fleet(lifeline.asOf(), operatorPauses, unreadable);
    }
}
