package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.Action;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.Verdict;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Decision.Admission;
import dev.lifeline.policy.domain.Decision.Answer;
import dev.lifeline.policy.domain.Decision.Approval;
import dev.lifeline.policy.domain.Decision.Confirmation;
import dev.lifeline.policy.domain.Decision.State;
import dev.lifeline.runtime.Statements.Maybe;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code decision}. */
final class DecisionTable {

    private static final String ADD = """
            INSERT INTO decision (verdict, revision, state, expires_at, approval_id, approval_level, confirmation_token,
                not_before, granted_at, granted_sequence, executor_id, spend_day, reserved_cents, outcome,
                actual_cost_cents, last_refusal, reconsider_at, decision_id, user_id, action_id, action_hash, action,
                connector)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now() + ?::interval, ?, ?, ?, ?, ?, ?)
            """;
    private static final String SAVE = """
            UPDATE decision SET verdict = ?, revision = ?, state = ?, expires_at = ?, approval_id = ?, approval_level = ?,
                confirmation_token = ?, not_before = ?, granted_at = ?, granted_sequence = ?, executor_id = ?,
                spend_day = ?, reserved_cents = ?, outcome = ?, actual_cost_cents = ?, last_refusal = ?,
                reconsider_at = now() + ?::interval, updated_at = now()
            WHERE decision_id = ?
            """;
    /** Judged again once what it waits for may be over by itself. */
    static final String MAY_HAVE_PASSED = "reconsider_at <= now()";

    /**
     * What has waited since before something was lifted that withheld many, however many those are. An earlier judgement had
     * committed before the control state could be held, and so before that time.
     */
    static final String OLDER_THAN_A_LIFT = """
            state = 'waiting' AND updated_at < greatest((SELECT max(updated_at) FROM operator_pause WHERE NOT paused),
                                                        (SELECT max(resolved_at) FROM unreadable_command))
            """;

    private static final String USER_TO_RECONSIDER = "SELECT user_id FROM decision WHERE decision_id = ? AND ("
            + MAY_HAVE_PASSED + " OR " + OLDER_THAN_A_LIFT + ")";
    private static final String PLACE = "SELECT nextval('happening')";

    private final Trip trip;
    private final Deque<Long> places = new ArrayDeque<>();

    DecisionTable(Trip trip) {
        this.trip = trip;
    }

    /** The next place among what happens: of those that came along with decisions, for who takes one tells of it. */
    long next() {
        Long place = places.poll();
        return place != null ? place : trip.add(PLACE).ask(answers -> place(answers.next()));
    }

    Optional<Decision> takeByAction(UUID userId, UUID actionId) {
        return decision("SELECT * FROM decision WHERE user_id = ? AND action_id = ? FOR UPDATE", userId, actionId);
    }

    Optional<UUID> userToReconsider(UUID decisionId) {
        return trip.add(USER_TO_RECONSIDER, decisionId).ask(answers -> {
            ResultSet row = answers.next();
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        });
    }

    Optional<Decision> take(UUID userId, UUID decisionId) {
        return decision("SELECT * FROM decision WHERE decision_id = ? AND user_id = ? FOR UPDATE", decisionId, userId);
    }

    Optional<Decision> take(UUID decisionId) {
        return decision("SELECT * FROM decision WHERE decision_id = ? FOR UPDATE", decisionId);
    }

    Optional<Decision> takeByApproval(UUID approvalId) {
        return decision("SELECT * FROM decision WHERE approval_id = ? FOR UPDATE", approvalId);
    }

    void add(Decision decision) {
        List<@Nullable Object> values = values(decision);
        values.add(decision.userId());
        values.add(decision.action().actionId());
        values.add(decision.actionHash());
        values.add(PostgresLedger.json(decision.action()));
        values.add(new Maybe(decision.action().connector(), Types.VARCHAR));
        trip.add(PostgresLedger.ADD_USER, decision.userId()).add(ADD, values.toArray());
    }

    void save(Decision decision) {
        trip.add(SAVE, values(decision).toArray());
    }

    void reconsider(UUID userId) {
        trip.add("UPDATE decision SET reconsider_at = now() WHERE user_id = ? AND state = 'waiting'", userId);
    }

    private Optional<Decision> decision(String query, Object... parameters) {
        return trip.add(query, parameters).add(PLACE).ask(answers -> {
            ResultSet row = answers.next();
            Optional<Decision> found = row.next() ? Optional.of(decision(row)) : Optional.empty();
            places.add(place(answers.next()));
            return found;
        });
    }

    private static long place(ResultSet row) throws SQLException {
        row.next();
        return row.getLong(1);
    }

    /** What may change, and last the id. */
    private static List<@Nullable Object> values(Decision decision) {
        Approval approval = decision.approval();
        Confirmation confirmation = approval == null ? null : approval.confirmation();
        Answer answer = approval == null ? null : approval.answer();
        Admission admission = decision.admission();
        Outcome outcome = admission == null ? null : admission.outcome();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(PostgresLedger.json(decision.verdict()));
        values.add(decision.revision());
        values.add(decision.state().wireName());
        values.add(PostgresLedger.time(decision.expiresAt()));
        values.add(new Maybe(approval == null ? null : approval.approvalId(), Types.OTHER));
        values.add(new Maybe(approval == null ? null : approval.level().wireName(), Types.VARCHAR));
        values.add(new Maybe(confirmation == null ? null : confirmation.token(), Types.OTHER));
        values.add(time(confirmation == null ? null : confirmation.notBefore()));
        values.add(time(answer == null ? null : answer.at()));
        values.add(new Maybe(answer == null ? null : answer.sequence(), Types.BIGINT));
        values.add(new Maybe(admission == null ? null : admission.executorId(), Types.VARCHAR));
        values.add(new Maybe(admission == null ? null : admission.day(), Types.DATE));
        values.add(new Maybe(admission == null ? null : admission.reservedCents(), Types.BIGINT));
        values.add(new Maybe(outcome == null ? null : outcome.wireName(), Types.VARCHAR));
        values.add(new Maybe(admission == null ? null : admission.actualCostCents(), Types.BIGINT));
        values.add(new Maybe(decision.lastRefusal(), Types.VARCHAR));
        values.add(new Maybe(decision.mayPassIn().map(Duration::toString).orElse(null), Types.VARCHAR));
        values.add(decision.decisionId());
        return values;
    }

    private static Maybe time(@Nullable Instant instant) {
        return new Maybe(instant == null ? null : PostgresLedger.time(instant), Types.TIMESTAMP_WITH_TIMEZONE);
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
        Long answered = row.getObject("granted_sequence", Long.class);
        return new Approval(
                approvalId,
                ConfirmationLevel.ofWireName(row.getString("approval_level")),
                token == null || notBefore == null ? null : new Confirmation(token, notBefore),
                answered == null ? null : new Answer(PostgresLedger.instant(row, "granted_at"), answered));
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
