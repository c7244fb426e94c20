package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ConfirmationRequired;
import dev.lifeline.events.ActionEvent.OfApproval;
import dev.lifeline.projector.adapter.postgres.ChangedRows.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decisions and requests for approval, within a transaction that somebody else opens and commits. Every method says whether
 * it changes something: an event whose sequence is not above the row's does not. An event about a decision that the log does
 * not have any more changes nothing either. What has changed is in the tables after {@link #save}.
 */
public final class PostgresActions {

    private static final List<Column> DECISION = columns("""
            decision_id uuid, user_id uuid, action_id uuid, action_type text, action text, action_hash text,
            verdict text, trust_tier text, revision integer, state text, executor_id text, reserved_cents bigint,
            refusal text, outcome text, actual_cost_cents bigint, decided_at timestamptz, changed_at timestamptz,
            expires_at timestamptz, sequence bigint
            """);
    private static final List<Column> APPROVAL = columns("""
            approval_id uuid, user_id uuid, decision_id uuid, action_hash text, confirmation_level text, reason text,
            status text, requested_at timestamptz, expires_at timestamptz, confirmation_token uuid,
            not_before timestamptz, answered_at timestamptz, sequence bigint
            """);

    private final ChangedRows decisions;
    private final ChangedRows approvals;

    /** @param events those that are going to be folded */
    public PostgresActions(Connection tx, List<ActionEvent> events) throws SQLException {
        this.decisions = new ChangedRows(
                tx,
                "decision",
                DECISION,
                events.stream().map(ActionEvent::decisionId).collect(Collectors.toSet()));
        this.approvals = new ChangedRows(
                tx,
                "approval",
                APPROVAL,
                events.stream()
                        .filter(OfApproval.class::isInstance)
                        .map(event -> ((OfApproval) event).approvalId())
                        .collect(Collectors.toSet()));
    }

    private static List<Column> columns(String described) {
        return Arrays.stream(described.strip().split(",\\s+"))
                .map(each -> each.split(" "))
                .map(each -> new Column(each[0], each[1]))
                .toList();
    }

    /** What was approved stays so when it is judged again, until it is asked for again. */
    public boolean decided(ActionDecided event, Instant at) {
        String state = switch (event.verdict().ruling()) {
            case AUTO_EXECUTE -> "open";
            case REQUIRE_APPROVAL -> "waiting";
            case DENY -> "denied";
        };
        boolean stays = "approved".equals(decisions.value(event.decisionId(), "state")) && !state.equals("denied");
        Map<String, Object> judged = new HashMap<>(Map.of(
                "verdict", PostgresAutonomy.json(event.verdict()),
                "trust_tier", event.circumstances().settings().trustTier().wireName(),
                "revision", event.revision(),
                "state", stays ? "approved" : state,
                "changed_at", at,
                "expires_at", event.expiresAt()));
        if (decisions.has(event.decisionId())) {
            return changed(event, judged);
        }
        judged.putAll(Map.of(
                "user_id", event.userId(),
                "action_id", event.action().actionId(),
                "action_type", event.action().actionType(),
                "action", PostgresAutonomy.json(event.action()),
                "action_hash", event.actionHash(),
                "decided_at", at));
        return decisions.add(event.decisionId(), event.sequence(), judged);
    }

    public boolean ask(ApprovalRequested event) {
        move(event, "waiting", event.requestedAt());
        Map<String, @Nullable Object> asked = new HashMap<>();
        asked.put("confirmation_level", event.confirmationLevel().wireName());
        asked.put("reason", event.reason());
        asked.put("expires_at", event.expiresAt());
        if (approvals.has(event.approvalId())) {
            return changed(event, asked);
        }
        asked.put("user_id", event.userId());
        asked.put("decision_id", event.decisionId());
        asked.put("action_hash", event.actionHash());
        asked.put("status", "pending");
        asked.put("requested_at", event.requestedAt());
        return approvals.add(event.approvalId(), event.sequence(), asked);
    }

    public boolean confirm(ConfirmationRequired event) {
        return changed(
                event,
                Map.of(
                        "confirmation_token", event.confirmationToken(),
                        "not_before", event.notBefore(),
                        "confirmation_level", "dual"));
    }

    /**
     * @param status what becomes of the request
     * @param state what becomes of the decision; absent: another event tells
     */
    public boolean answer(OfApproval event, String status, @Nullable String state, Instant at) {
        if (state != null) {
            move(event, state, at);
        }
        return changed(event, Map.of("status", status, "answered_at", at));
    }

    public boolean admitted(ActionAdmitted event) {
        return changed(
                event,
                Map.of(
                        "state", "admitted",
                        "executor_id", event.executorId(),
                        "reserved_cents", event.reservedCents(),
                        "changed_at", event.admittedAt()));
    }

    public boolean refused(ActionRefused event) {
        return changed(event, Map.of("refusal", event.reason(), "changed_at", event.refusedAt()));
    }

    public boolean completed(ActionCompleted event) {
        Map<String, @Nullable Object> completed = new HashMap<>();
        completed.put("state", "completed");
        completed.put("outcome", event.outcome().wireName());
        completed.put("actual_cost_cents", event.actualCostCents());
        completed.put("changed_at", event.completedAt());
        return changed(event, completed);
    }

    /** Only the state of the decision. */
    public boolean move(ActionEvent event, String state, Instant at) {
        return decisions.change(event.decisionId(), event.sequence(), Map.of("state", state, "changed_at", at));
    }

    /** The type of the action that was decided about; absent when the log does not have the decision any more. */
    public @Nullable String actionType(UUID decisionId) {
        return decisions.value(decisionId, "action_type");
    }

    /** Writes what has changed. */
    public void save() throws SQLException {
        decisions.save();
        approvals.save();
    }

    private boolean changed(ActionEvent event, Map<String, ? extends @Nullable Object> values) {
        return event instanceof OfApproval asked
                ? approvals.change(asked.approvalId(), event.sequence(), values)
                : decisions.change(event.decisionId(), event.sequence(), values);
    }
}
