package dev.lifeline.projector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Action;
import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.ActionEvent.ConfirmationRequired;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.AutonomyEvent.PolicyRemoved;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Circumstances;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topics;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Urgency;
import dev.lifeline.events.Verdict;
import dev.lifeline.projector.adapter.kafka.ActionFold;
import dev.lifeline.projector.adapter.kafka.AutonomyFold;
import dev.lifeline.runtime.Received;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class AutonomyAndActionsTest {

    private static final UUID USER = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID DECISION = UUID.fromString("dddddddd-0000-4000-8000-000000000001");
    private static final UUID APPROVAL = UUID.fromString("dddddddd-0000-4000-8000-000000000002");
    private static final UUID COMMAND = UUID.fromString("cccccccc-0000-4000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("cccccccc-0000-4000-8000-000000000002");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Database database = ReadModelSchema.in(Backends.postgres().freshDatabase());
    private long offset;

    @BeforeEach
    void nothing_is_known() {
        database.execute("DELETE FROM users");
    }

    @Test
    void a_pause_is_kept_as_it_was_first_pulled() throws SQLException {
        fold(paused(USER, COMMAND, 1, "on holiday", NOON), paused(USER, OTHER, 1, "on holiday", NOON));

        assertThat(value("SELECT paused || ' ' || pause_reason || ' ' || pause_version FROM autonomy_state"))
                .isEqualTo("true on holiday 1");
        assertThat(value("SELECT count(*) FROM command WHERE state = 'done'")).isEqualTo("2");
        assertThat(history()).isEqualTo("user_paused");
    }

    @Test
    void a_resume_that_comes_late_lifts_no_newer_pause() throws SQLException {
        fold(
                paused(USER, COMMAND, 1, null, NOON),
                resumed(USER, 1),
                paused(USER, OTHER, 2, "again", NOON.plusSeconds(9)),
                resumed(USER, 1));

        assertThat(value("SELECT paused || ' ' || pause_reason FROM autonomy_state"))
                .isEqualTo("true again");
        assertThat(history()).isEqualTo("user_paused, user_resumed, user_paused");
    }

    @Test
    void what_was_folded_before_changes_nothing() throws SQLException {
        AutonomyEvent[] events = {
            paused(USER, COMMAND, 1, null, NOON),
            new AutonomySettingsUpdated(USER, OTHER, AutonomySettings.UNSET, null, 1, 2),
            new TrustTierChanged(USER, OTHER, TrustTier.SUGGEST, TrustTier.LOW_AUTONOMY, 2, 3),
            new PolicyChanged(USER, OTHER, new Policy(DECISION, "name", "", 1, true, List.of()), 1, 4),
            new PolicyRemoved(USER, OTHER, DECISION, null, 2, 5),
            resumed(USER, 1)
        };
        fold(events);
        String once = value("SELECT autonomy_state::text FROM autonomy_state") + history();
        fold(events);

        assertThat(value("SELECT autonomy_state::text FROM autonomy_state") + history())
                .isEqualTo(once);
        assertThat(once).contains("low_autonomy").endsWith("policy_changed, policy_removed, user_resumed");
        assertThat(value("SELECT count(*) FROM policy WHERE policy IS NOT NULL"))
                .isEqualTo("0");
    }

    @Test
    void a_rejected_command_says_why() throws SQLException {
        fold(new CommandRejected(USER, COMMAND, "lifeline.pause-autonomy.v1", "malformed", "reason is too long"));

        assertThat(value("SELECT state || ': ' || code || ': ' || reason FROM command"))
                .isEqualTo("rejected: malformed: reason is too long");
        assertThat(history()).isEqualTo("command_rejected");
    }

    @Test
    void a_rejection_that_is_published_twice_is_told_once() throws SQLException {
        CommandRejected rejected =
                new CommandRejected(USER, COMMAND, "lifeline.pause-autonomy.v1", "malformed", "reason is too long");
        fold(rejected, rejected);
        fold(rejected);

        assertThat(history()).isEqualTo("command_rejected");
    }

    @Test
    void a_line_of_the_history_keeps_what_it_takes_to_say_later_how_things_stood() throws SQLException {
        fold(
                paused(USER, COMMAND, 1, "on holiday", NOON),
                new AutonomySettingsUpdated(USER, OTHER, AutonomySettings.UNSET, null, 1, 2));
        act(decided(Ruling.DENY, 1));

        assertThat(value("SELECT detail::json->>'actor' || ' ' || (detail::json->>'reason') FROM timeline"
                        + " WHERE kind = 'user_paused'"))
                .isEqualTo(USER + " on holiday");
        assertThat(value("SELECT detail::json->'settings'->>'trustTier' FROM timeline WHERE kind = 'settings_changed'"))
                .isEqualTo("suggest");
        assertThat(value("SELECT detail::json->'verdict'->>'ruling' FROM timeline WHERE kind = 'action_denied'"))
                .isEqualTo("deny");
    }

    @Test
    void a_line_of_the_history_about_a_denied_action_leads_to_what_was_denied() throws SQLException {
        act(decided(Ruling.DENY, 1));

        assertThat(value("SELECT action::json->>'description' FROM timeline JOIN decision"
                        + " ON decision_id::text = substring(detail from '\"decisionId\":\"([0-9a-f-]{36})\"')"
                        + " WHERE kind = 'action_denied'"))
                .isEqualTo("Archive");
    }

    @Test
    void the_operators_pauses_are_for_all() throws SQLException {
        fold(paused(Operator.ID, COMMAND, 1, "maintenance", NOON));

        assertThat(value("SELECT kind || value || paused || reason FROM operator_pause"))
                .isEqualTo("everythingtruemaintenance");
        assertThat(value("SELECT count(*) FROM autonomy_state")).isEqualTo("0");
    }

    @Test
    void an_action_goes_its_way_from_asking_to_its_end() throws SQLException {
        ActionEvent[] events = {
            decided(Ruling.REQUIRE_APPROVAL, 1),
            new ApprovalRequested(
                    USER,
                    DECISION,
                    APPROVAL,
                    "hash",
                    ConfirmationLevel.DUAL,
                    "extreme_action",
                    NOON,
                    NOON.plusSeconds(900),
                    2),
            new ConfirmationRequired(USER, DECISION, APPROVAL, COMMAND, COMMAND, NOON.plusSeconds(2), 3),
            new ApprovalGranted(USER, DECISION, APPROVAL, OTHER, USER, NOON.plusSeconds(3), 4),
            decided(Ruling.REQUIRE_APPROVAL, 5),
            new ActionAdmitted(USER, DECISION, APPROVAL, "executor", 5, NOON.plusSeconds(4), 6),
            new ActionCompleted(USER, DECISION, Outcome.SUCCEEDED, 4L, NOON.plusSeconds(5), 7)
        };
        act(events[0], events[1], events[2]);
        assertThat(value("SELECT status || ' ' || confirmation_token FROM approval"))
                .isEqualTo("pending " + COMMAND);
        act(events[3], events[4]);
        assertThat(value("SELECT status || ' ' || state FROM approval JOIN decision USING (decision_id)"))
                .isEqualTo("approved approved");
        act(events[5], events[6]);
        act(events);

        assertThat(value("SELECT state || ' ' || outcome || ' ' || actual_cost_cents FROM decision"))
                .isEqualTo("completed succeeded 4");
        assertThat(value("SELECT count(*) FROM command WHERE state = 'done'")).isEqualTo("2");
        assertThat(history()).isEqualTo("approval_requested, approval_granted, action_admitted, action_completed");
        assertThat(value("SELECT DISTINCT subject FROM timeline")).isEqualTo("email.archive");
    }

    @Test
    void what_needs_nobody_any_more_waits_no_longer() throws SQLException {
        act(
                decided(Ruling.REQUIRE_APPROVAL, 1),
                new ApprovalRequested(
                        USER,
                        DECISION,
                        APPROVAL,
                        "hash",
                        ConfirmationLevel.SINGLE,
                        "paused_by_user",
                        NOON,
                        NOON.plusSeconds(900),
                        2),
                new ApprovalWithdrawn(USER, DECISION, APPROVAL, "no_longer_needed", 3),
                decided(Ruling.AUTO_EXECUTE, 4));

        assertThat(value("SELECT status || ' ' || state FROM approval JOIN decision USING (decision_id)"))
                .isEqualTo("withdrawn open");
    }

    @Test
    void an_event_about_a_decision_that_is_not_known_changes_nothing() throws SQLException {
        act(new ActionAdmitted(USER, DECISION, null, "executor", 0, NOON, 6));

        assertThat(value("SELECT count(*) FROM timeline")).isEqualTo("0");
    }

    private void fold(AutonomyEvent... events) throws SQLException {
        List<Received<AutonomyEvent>> batch = new ArrayList<>();
        for (AutonomyEvent event : events) {
            batch.add(new Received<>(at(Topics.AUTONOMY_EVENTS.name()), NOON, event));
        }
        try (Connection connection = database.connect()) {
            assertThat(new AutonomyFold().fold(batch, connection)).isEmpty();
        }
    }

    private void act(ActionEvent... events) throws SQLException {
        List<Received<ActionEvent>> batch = new ArrayList<>();
        for (ActionEvent event : events) {
            batch.add(new Received<>(at(Topics.ACTION_EVENTS.name()), NOON, event));
        }
        try (Connection connection = database.connect()) {
            assertThat(new ActionFold().fold(batch, connection)).isEmpty();
        }
    }

    private SourcePosition at(String topic) {
        return new SourcePosition(topic, 0, offset++);
    }

    private String history() {
        return value("SELECT string_agg(kind, ', ' ORDER BY source_offset) FROM timeline");
    }

    private String value(String sql) {
        return String.valueOf(database.value(sql));
    }

    private static AutonomyPaused paused(UUID user, UUID command, long version, @Nullable String reason, Instant at) {
        return new AutonomyPaused(user, command, PauseScope.EVERYTHING, USER, reason, at, version, version);
    }

    private static AutonomyResumed resumed(UUID user, long version) {
        return new AutonomyResumed(user, null, PauseScope.EVERYTHING, USER, NOON, version, 9);
    }

    private static ActionDecided decided(Ruling ruling, long sequence) {
        Action action = new Action(
                UUID.fromString("aaaaaaaa-0000-4000-8000-000000000009"),
                "email.archive",
                "Archive",
                "email",
                null,
                Map.of(),
                0L,
                true,
                Provenance.USER_ORIGINATED,
                Urgency.NORMAL,
                null);
        return new ActionDecided(
                USER,
                DECISION,
                action,
                "hash",
                new Verdict(ruling, null, "trust_tier", List.of()),
                new Circumstances(NOON, AutonomySettings.UNSET, List.of(), List.of(), null, null, 0, "1"),
                (int) sequence,
                NOON.plusSeconds(900),
                sequence);
    }
}
