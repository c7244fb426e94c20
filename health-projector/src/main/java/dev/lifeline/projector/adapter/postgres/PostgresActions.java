package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ConfirmationRequired;
import dev.lifeline.events.ActionEvent.OfApproval;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decisions and requests for approval, within a transaction that somebody else opens and commits. Every method says whether
 * it changed something: an event whose sequence is not above the row's does not. An event about a decision that the log does
 * not have any more changes nothing either.
 */
public final class PostgresActions {

    // What was approved stays so when it is judged again, until it is asked for again.
    private static final String DECIDED = """
            INSERT INTO decision AS row (decision_id, user_id, action_id, action_type, action, action_hash, verdict,
                trust_tier, revision, state, decided_at, changed_at, expires_at, sequence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (decision_id) DO UPDATE SET verdict = excluded.verdict, trust_tier = excluded.trust_tier,
                revision = excluded.revision,
                state = CASE WHEN row.state = 'approved' AND excluded.state <> 'denied' THEN row.state
                    ELSE excluded.state END,
                changed_at = excluded.changed_at, expires_at = excluded.expires_at, sequence = excluded.sequence,
                updated_at = now()
            WHERE row.sequence < excluded.sequence
            """;
    private static final String MOVE = """
            UPDATE decision SET state = ?, changed_at = ?, sequence = ?, updated_at = now()
            WHERE decision_id = ? AND sequence < ?
            """;
    private static final String ADMITTED = """
            UPDATE decision SET state = 'admitted', executor_id = ?, reserved_cents = ?, changed_at = ?, sequence = ?,
                updated_at = now()
            WHERE decision_id = ? AND sequence < ?
            """;
    private static final String REFUSED = """
            UPDATE decision SET refusal = ?, changed_at = ?, sequence = ?, updated_at = now()
            WHERE decision_id = ? AND sequence < ?
            """;
    private static final String COMPLETED = """
            UPDATE decision SET state = 'completed', outcome = ?, actual_cost_cents = ?, changed_at = ?, sequence = ?,
                updated_at = now()
            WHERE decision_id = ? AND sequence < ?
            """;
    private static final String ASK = """
            INSERT INTO approval AS row (approval_id, user_id, decision_id, action_hash, confirmation_level, reason,
                status, requested_at, expires_at, sequence)
            VALUES (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)
            ON CONFLICT (approval_id) DO UPDATE SET confirmation_level = excluded.confirmation_level,
                reason = excluded.reason, expires_at = excluded.expires_at, sequence = excluded.sequence,
                updated_at = now()
            WHERE row.sequence < excluded.sequence
            """;
    private static final String CONFIRM = """
            UPDATE approval SET confirmation_token = ?, not_before = ?, confirmation_level = 'dual', sequence = ?,
                updated_at = now()
            WHERE approval_id = ? AND sequence < ?
            """;
    private static final String ANSWER = """
            UPDATE approval SET status = ?, answered_at = ?, sequence = ?, updated_at = now()
            WHERE approval_id = ? AND sequence < ?
            """;
    private static final String TYPE = "SELECT action_type FROM decision WHERE decision_id = ?";

    private final Connection tx;

    public PostgresActions(Connection tx) {
        this.tx = tx;
    }

    public boolean decided(ActionDecided event, Instant at) throws SQLException {
        String state = switch (event.verdict().ruling()) {
            case AUTO_EXECUTE -> "open";
            case REQUIRE_APPROVAL -> "waiting";
            case DENY -> "denied";
        };
        return changes(
                DECIDED,
                event.decisionId(),
                event.userId(),
                event.action().actionId(),
                event.action().actionType(),
                PostgresAutonomy.json(event.action()),
                event.actionHash(),
                PostgresAutonomy.json(event.verdict()),
                event.circumstances().settings().trustTier().wireName(),
                event.revision(),
                state,
                at,
                at,
                event.expiresAt(),
                event.sequence());
    }

    public boolean ask(ApprovalRequested event) throws SQLException {
        move(event, "waiting", event.requestedAt());
        return changes(
                ASK,
                event.approvalId(),
                event.userId(),
                event.decisionId(),
                event.actionHash(),
                event.confirmationLevel().wireName(),
                event.reason(),
                event.requestedAt(),
                event.expiresAt(),
                event.sequence());
    }

    public boolean confirm(ConfirmationRequired event) throws SQLException {
        return changes(
                CONFIRM,
                event.confirmationToken(),
                event.notBefore(),
                event.sequence(),
                event.approvalId(),
                event.sequence());
    }

    /**
     * @param status what becomes of the request
     * @param state what becomes of the decision; absent: another event tells
     */
    public boolean answer(OfApproval event, String status, @Nullable String state, Instant at) throws SQLException {
        if (state != null) {
            move(event, state, at);
        }
        return changes(ANSWER, status, at, event.sequence(), event.approvalId(), event.sequence());
    }

    public boolean admitted(ActionAdmitted event) throws SQLException {
        return changes(
                ADMITTED,
                event.executorId(),
                event.reservedCents(),
                event.admittedAt(),
                event.sequence(),
                event.decisionId(),
                event.sequence());
    }

    public boolean refused(ActionRefused event) throws SQLException {
        return changes(
                REFUSED, event.reason(), event.refusedAt(), event.sequence(), event.decisionId(), event.sequence());
    }

    public boolean completed(ActionCompleted event) throws SQLException {
        return changes(
                COMPLETED,
                event.outcome().wireName(),
                event.actualCostCents(),
                event.completedAt(),
                event.sequence(),
                event.decisionId(),
                event.sequence());
    }

    /** Only the state of the decision. */
    public boolean move(ActionEvent event, String state, Instant at) throws SQLException {
        return changes(MOVE, state, at, event.sequence(), event.decisionId(), event.sequence());
    }

    public Optional<String> actionType(UUID decisionId) throws SQLException {
        return Sql.text(tx, TYPE, decisionId);
    }

    private boolean changes(String sql, @Nullable Object... parameters) throws SQLException {
        return Sql.update(tx, sql, parameters) > 0;
    }
}
