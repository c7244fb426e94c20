package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.Action;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.Verdict;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Decision.Admission;
import dev.lifeline.policy.domain.Decision.Approval;
import dev.lifeline.policy.domain.Decision.Confirmation;
import dev.lifeline.policy.domain.Decision.Grant;
import dev.lifeline.policy.domain.Decision.State;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The table {@code decision}. */
final class DecisionTable {

    private static final String ADD = """
            WITH known AS (INSERT INTO users (user_id) VALUES (:user) ON CONFLICT DO NOTHING)
            INSERT INTO decision (decision_id, user_id, action_id, action_hash, action, connector, verdict, revision, state,
                expires_at, approval_id, approval_level, confirmation_token, not_before, granted_at, granted_sequence,
                executor_id, spend_day, reserved_cents, outcome, actual_cost_cents, last_refusal)
            VALUES (:decision, :user, :actionId, :hash, :action, :connector, :verdict, :revision, :state,
                :expires, :approval, :level, :token, :notBefore, :grantedAt, :grantedSequence,
                :executor, :day, :reserved, :outcome, :actual, :refusal)
            ON CONFLICT (user_id, action_id) DO NOTHING
            """;
    private static final String SAVE = """
            UPDATE decision SET verdict = :verdict, revision = :revision, state = :state, expires_at = :expires,
                approval_id = :approval, approval_level = :level, confirmation_token = :token, not_before = :notBefore,
                granted_at = :grantedAt, granted_sequence = :grantedSequence, executor_id = :executor, spend_day = :day,
                reserved_cents = :reserved, outcome = :outcome, actual_cost_cents = :actual, last_refusal = :refusal,
                reconsider = false, updated_at = now()
            WHERE decision_id = :decision
            """;

    private final JdbcClient client;

    DecisionTable(JdbcClient client) {
        this.client = client;
    }

    Optional<Decision> decisionOn(UUID userId, UUID actionId) {
        return client.sql("SELECT * FROM decision WHERE user_id = ? AND action_id = ?")
                .params(userId, actionId)
                .query((row, n) -> decision(row))
                .optional();
    }

    Optional<UUID> userOf(UUID decisionId) {
        return client.sql("SELECT user_id FROM decision WHERE decision_id = ?")
                .param(decisionId)
                .query(UUID.class)
                .optional();
    }

    Optional<Decision> take(UUID userId, UUID decisionId) {
        return client.sql("SELECT * FROM decision WHERE decision_id = ? AND user_id = ? FOR UPDATE")
                .params(decisionId, userId)
                .query((row, n) -> decision(row))
                .optional();
    }

    Optional<Decision> take(UUID decisionId) {
        return client.sql("SELECT * FROM decision WHERE decision_id = ? FOR UPDATE")
                .param(decisionId)
                .query((row, n) -> decision(row))
                .optional();
    }

    Optional<Decision> takeByApproval(UUID approvalId) {
        return client.sql("SELECT * FROM decision WHERE approval_id = ? FOR UPDATE")
                .param(approvalId)
                .query((row, n) -> decision(row))
                .optional();
    }

    boolean add(Decision decision) {
        return bind(client.sql(ADD), decision)
                        .param("user", decision.userId())
                        .param("actionId", decision.action().actionId())
                        .param("hash", decision.actionHash())
                        .param("action", PostgresLedger.json(decision.action()))
                        .param("connector", decision.action().connector(), Types.VARCHAR)
                        .update()
                > 0;
    }

    void save(Decision decision) {
        bind(client.sql(SAVE), decision).update();
    }

    void reconsider(UUID userId) {
        client.sql("UPDATE decision SET reconsider = true WHERE user_id = ? AND state = 'waiting'")
                .param(userId)
                .update();
    }

    void reconsiderAll() {
        client.sql("UPDATE decision SET reconsider = true WHERE state = 'waiting'")
                .update();
    }

    private static StatementSpec bind(StatementSpec statement, Decision decision) {
        Approval approval = decision.approval();
        Confirmation confirmation = approval == null ? null : approval.confirmation();
        Grant grant = approval == null ? null : approval.grant();
        Admission admission = decision.admission();
        Outcome outcome = admission == null ? null : admission.outcome();
        return statement
                .param("decision", decision.decisionId())
                .param("verdict", PostgresLedger.json(decision.verdict()))
                .param("revision", decision.revision())
                .param("state", decision.state().name().toLowerCase(Locale.ROOT))
                .param("expires", PostgresLedger.time(decision.expiresAt()))
                .param("approval", approval == null ? null : approval.approvalId(), Types.OTHER)
                .param("level", approval == null ? null : approval.level().wireName(), Types.VARCHAR)
                .param("token", confirmation == null ? null : confirmation.token(), Types.OTHER)
                .param(
                        "notBefore",
                        confirmation == null ? null : PostgresLedger.time(confirmation.notBefore()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param(
                        "grantedAt",
                        grant == null ? null : PostgresLedger.time(grant.at()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("grantedSequence", grant == null ? null : grant.sequence(), Types.BIGINT)
                .param("executor", admission == null ? null : admission.executorId(), Types.VARCHAR)
                .param("day", admission == null ? null : admission.day(), Types.DATE)
                .param("reserved", admission == null ? null : admission.reservedCents(), Types.BIGINT)
                .param("outcome", outcome == null ? null : outcome.wireName(), Types.VARCHAR)
                .param("actual", admission == null ? null : admission.actualCostCents(), Types.BIGINT)
                .param("refusal", decision.lastRefusal(), Types.VARCHAR);
    }

    private static Decision decision(ResultSet row) throws SQLException {
        return new Decision(
                row.getObject("decision_id", UUID.class),
                row.getObject("user_id", UUID.class),
                value(Action.class, row, "action"),
                row.getString("action_hash"),
                value(Verdict.class, row, "verdict"),
                row.getInt("revision"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                PostgresLedger.instant(row, "expires_at"),
                approval(row),
                admission(row),
                row.getString("last_refusal"));
    }

    private static @Nullable Approval approval(ResultSet row) throws SQLException {
        UUID approvalId = row.getObject("approval_id", UUID.class);
        if (approvalId == null) {
            return null;
        }
        UUID token = row.getObject("confirmation_token", UUID.class);
        Instant notBefore = token == null ? null : PostgresLedger.instant(row, "not_before");
        Long granted = row.getObject("granted_sequence", Long.class);
        return new Approval(
                approvalId,
                ConfirmationLevel.ofWireName(row.getString("approval_level")),
                token == null || notBefore == null ? null : new Confirmation(token, notBefore),
                granted == null ? null : new Grant(PostgresLedger.instant(row, "granted_at"), granted));
    }

    private static @Nullable Admission admission(ResultSet row) throws SQLException {
        String executor = row.getString("executor_id");
        if (executor == null) {
            return null;
        }
        String outcome = row.getString("outcome");
        return new Admission(
                executor,
                row.getObject("spend_day", LocalDate.class),
                row.getLong("reserved_cents"),
                outcome == null ? null : Outcome.ofWireName(outcome),
                row.getObject("actual_cost_cents", Long.class));
    }

    private static <T> T value(Class<T> type, ResultSet row, String column) throws SQLException {
        return PostgresLedger.CODEC.decodeValue(type, row.getString(column).getBytes(StandardCharsets.UTF_8));
    }
}
