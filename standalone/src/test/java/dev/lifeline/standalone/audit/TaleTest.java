package dev.lifeline.standalone.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Action;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.CommandUnreadable;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.AutonomyEvent.PolicyRemoved;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomyEvent.UnreadableResolved;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Circumstances;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorPollFailed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorReauthorized;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.Effect;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topics;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Urgency;
import dev.lifeline.events.Verdict;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.query.domain.Banners;
import dev.lifeline.query.domain.Catalogue;
import dev.lifeline.query.domain.Catalogue.Offer;
import dev.lifeline.runtime.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TaleTest {

    private static final UUID USER = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID OPS = UUID.fromString("99999999-9999-4999-8999-999999999999");
    private static final UUID GRANT = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
    private static final UUID ID = UUID.fromString("bbbbbbbb-0000-4000-8000-000000000001");
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Catalogue CATALOGUE = new Catalogue(
            List.of(new Offer("gmail", "Gmail", ""), new Offer("google-calendar", "Google Calendar", "")));

    private static final Extent WHOLE = Extent.whole(TEN, 0, 1);

    private Extent extent = WHOLE;
    private Tale tale = tale();
    private Instant now = TEN;
    private long offset;
    private long attempt;

    private Tale tale() {
        return new Tale(
                USER,
                extent,
                new ConnectorFold(Duration.ofSeconds(10)),
                Banners.polledEvery(MINUTE, CATALOGUE),
                CATALOGUE);
    }

    /** The first records have been taken by retention. */
    private void theLogBeginsLater() {
        extent = new Extent(TEN, 0, 1, true, true, true);
        tale = tale();
    }

    private void after(Duration pause, Message message) {
        now = now.plus(pause);
        tale.hear(new Received<>(new SourcePosition(Topics.of(message).name(), 0, offset++), now, message));
    }

    private void connected(String name) {
        after(Duration.ZERO, new ConnectorConnected(USER, name, "google", GRANT, 1, ++attempt, 0, MINUTE, "a@b.org"));
    }

    private void read(String name, long items) {
        after(MINUTE, new ConnectorPolled(USER, name, "google", GRANT, 1, ++attempt, 0, MINUTE, items));
    }

    private void refused() {
        after(
                MINUTE,
                new OAuthRefreshFailed(
                        USER,
                        "gmail",
                        "google",
                        GRANT,
                        1,
                        ++attempt,
                        1,
                        MINUTE,
                        FailureClass.REAUTH,
                        "invalid_grant",
                        true,
                        "dead-grant",
                        "v7",
                        400,
                        "invalid_grant",
                        null,
                        "Token has been revoked.",
                        null,
                        null));
    }

    private void unavailable() {
        unread(FailureClass.TRANSIENT, "http_503", "busy-or-broken", "v7", 503, null);
    }

    private void unread(
            FailureClass failureClass,
            String code,
            String rule,
            String rulesVersion,
            int status,
            @Nullable String description) {
        after(
                MINUTE,
                new ConnectorPollFailed(
                        USER,
                        "gmail",
                        "google",
                        GRANT,
                        1,
                        ++attempt,
                        1,
                        MINUTE,
                        failureClass,
                        code,
                        rule,
                        rulesVersion,
                        status,
                        null,
                        description));
    }

    @Test
    void what_was_not_asked_for_want_of_a_permission_is_not_told_as_silence() {
        connected("gmail");
        unread(FailureClass.REAUTH, "insufficient_scope", "insufficient_scope", "poller", 0, "not granted: mail");

        assertThat(told())
                .contains(
                        "Gmail could not be read: the provider was not asked, \u201cnot granted: mail\u201d. Judged REAUTH"
                                + " (insufficient_scope) by rule insufficient_scope of rules poller: only the user can mend"
                                + " it, by reconnecting. It was needs_reauth from then on.");
    }

    private List<String> told() {
        tale.at(now);
        return tale.lines().stream()
                .map(line -> line.text() + (line.times() == 1 ? "" : " (" + line.times() + ")"))
                .toList();
    }

    @Test
    void a_death_and_its_mending_with_what_the_screen_said() {
        connected("gmail");
        connected("google-calendar");
        refused();
        after(MINUTE, new ConnectorReauthorized(USER, "gmail", "google", GRANT, 2, ++attempt, 0, MINUTE, "a@b.org"));
        after(
                Duration.ZERO,
                new ConnectorReauthorized(
                        USER, "google-calendar", "google", GRANT, 2, ++attempt, 0, MINUTE, "a@b.org"));

        assertThat(told())
                .containsExactly(
                        "Gmail was connected, with the account a@b.org at google. It was ok from then on.",
                        "Google Calendar was connected, with the account a@b.org at google. It was ok from then on.",
                        "Gmail got no new token: the provider answered 400 invalid_grant, \u201cToken has been revoked.\u201d."
                                + " Judged REAUTH (invalid_grant) by rule dead-grant of rules v7: only the user can mend"
                                + " it, by reconnecting. It was needs_reauth from then on. So was Google Calendar, which"
                                + " lives on the same grant: needs_reauth.",
                        "The screen said, amber: \u201cGmail and Google Calendar are disconnected. Access was revoked or has"
                                + " expired.\u201d",
                        "Gmail was reconnected, with the account a@b.org: consent number 2. It was ok from then on.",
                        "Google Calendar was reconnected, with the account a@b.org: consent number 2. It was ok from then"
                                + " on.",
                        "The banner \u201cGmail and Google Calendar are disconnected.\u201d went.");
    }

    @Test
    void what_happens_again_and_again_is_one_line() {
        connected("gmail");
        for (int n = 0; n < 5; n++) {
            read("gmail", n);
        }

        assertThat(told()).hasSize(2).last().isEqualTo("Gmail was read. 10 new or changed items. (5)");
        assertThat(tale.lines().getLast().at()).isEqualTo(TEN.plus(MINUTE));
        assertThat(tale.lines().getLast().until()).isEqualTo(TEN.plus(MINUTE.multipliedBy(5)));
    }

    @Test
    void what_time_alone_did_is_told_when_it_did() {
        connected("gmail");
        read("gmail", 0);
        now = now.plus(Duration.ofHours(1));

        assertThat(told())
                .endsWith(
                        "Gmail was not heard of in time: how it was doing was not known.",
                        "The screen said, grey: \u201cHow Gmail is doing is not known. The next result is overdue, so what is"
                                + " shown may be out of date.\u201d");
        assertThat(tale.lines().getLast().at()).isEqualTo(TEN.plusSeconds(130));
    }

    @Test
    void patience_ends_between_two_records() {
        connected("gmail");
        read("gmail", 0);
        for (int n = 0; n < 12; n++) {
            unavailable();
        }

        assertThat(told())
                .contains(
                        "The screen said, grey: \u201cGmail is not answering. We keep trying; you need to do nothing.\u201d");
        assertThat(tale.lines().getLast().at()).isEqualTo(TEN.plus(MINUTE.multipliedBy(11)));
        assertThat(tale.lines().get(2).times()).isEqualTo(12);
    }

    @Test
    void a_late_word_is_told_as_one_that_changed_nothing() {
        connected("gmail");
        after(MINUTE, new ConnectorPolled(USER, "gmail", "google", GRANT, 0, ++attempt, 0, MINUTE, 0));

        assertThat(told()).last().isEqualTo("Gmail was read. This changed nothing: it was about an older consent.");
    }

    @Test
    void who_paused_and_what_became_of_what_was_proposed_meanwhile() {
        after(Duration.ZERO, new TrustTierChanged(USER, ID, TrustTier.SUGGEST, TrustTier.HIGH_AUTONOMY, 1, 1));
        after(MINUTE, new AutonomyPaused(USER, ID, PauseScope.EVERYTHING, USER, "on holiday", now, 1, 2));
        Verdict.Finding paused =
                new Verdict.Finding("user_pause", Effect.REQUIRE_APPROVAL, "paused_by_user", "on holiday");
        after(
                MINUTE,
                new ActionDecided(USER, ID, action(), "hash", Verdict.of(List.of(paused)), circumstances(), 1, TEN, 3));
        after(
                Duration.ZERO,
                new ApprovalRequested(
                        USER,
                        ID,
                        ID,
                        "hash",
                        ConfirmationLevel.SINGLE,
                        "paused_by_user",
                        now,
                        TEN.plusSeconds(86_400),
                        4));
        Moment waiting = tale.at(now);
        after(MINUTE, new ApprovalGranted(USER, ID, ID, ID, USER, now, 5));
        after(MINUTE, new ActionAdmitted(USER, ID, ID, "mail-agent-1", 250, now, 6));
        Moment begun = tale.at(now);
        after(MINUTE, new ActionCompleted(USER, ID, Outcome.SUCCEEDED, 200L, now, 7));
        after(MINUTE, new AutonomyResumed(USER, ID, PauseScope.EVERYTHING, USER, now, 1, 8));

        assertThat(told())
                .containsExactly(
                        "The user changed the level of trust from suggest to high_autonomy.",
                        "The user paused auto-execution: \u201con holiday\u201d.",
                        "The screen said, red: \u201cAuto-execution is paused. You paused it: \u201con holiday\u201d. Actions wait in"
                                + " Approvals until you resume.\u201d",
                        "The assistant proposed \u201cOrder milk\u201d (shop.order). Decided: a person has to approve it, for"
                                + " paused_by_user (on holiday). By checks of version 1.",
                        "The user was asked to approve \u201cOrder milk\u201d (shop.order), until 2026-11-21T10:00:00Z.",
                        "The user approved \u201cOrder milk\u201d (shop.order).",
                        "\u201cOrder milk\u201d (shop.order) was admitted to mail-agent-1, by the user's approval; 250 cents"
                                + " reserved.",
                        "\u201cOrder milk\u201d (shop.order) was done, at 200 cents.",
                        "The user resumed auto-execution.",
                        "The banner \u201cAuto-execution is paused.\u201d went.");
        assertThat(waiting.waiting()).extracting(ActionTale.Waiting::reason).containsExactly("paused_by_user");
        assertThat(proposal(waiting).reason()).isEqualTo("paused_by_user");
        assertThat(begun.waiting()).isEmpty();
        assertThat(begun.spentCents()).isEqualTo(250);
        assertThat(tale.at(now).spentCents()).isEqualTo(200);
        assertThat(proposal(tale.at(now)).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no_longer_needed | it may be done without the user.
            denied           | it is not allowed any more.
            voided           | the user's approval counted no more.
            other            | other.
            """)
    void a_question_that_needs_no_answer_any_more_is_told_with_why(String reason, String said) {
        Instant until = TEN.plusSeconds(86_400);
        after(
                MINUTE,
                new ActionDecided(USER, ID, action(), "hash", Verdict.of(List.of()), circumstances(), 1, until, 1));
        after(MINUTE, new ApprovalRequested(USER, ID, ID, "hash", ConfirmationLevel.DUAL, "trust_tier", now, until, 2));
        after(MINUTE, new ApprovalWithdrawn(USER, ID, ID, reason, 3));

        assertThat(told())
                .endsWith(
                        "The user was asked to approve \u201cOrder milk\u201d (shop.order), until 2026-11-21T10:00:00Z, with"
                                + " two confirmations.",
                        "The user was no longer asked about \u201cOrder milk\u201d (shop.order): " + said);
    }

    @Test
    void without_both_limits_nothing_that_costs_is_said_to_be_done() {
        assertThat(state())
                .containsSequence(
                        "  settings: trust suggest, UTC, 0 sets of rules",
                        "    nothing that costs is done: no limit for an action, no limit for a day, and both are needed"
                                + " (0 cents spent or reserved)",
                        "    what can not be undone needs approval");
    }

    @Test
    void all_settings_that_decide_are_named() {
        AutonomySettings settings = new AutonomySettings(
                TrustTier.LOW_AUTONOMY,
                500L,
                2_000L,
                List.of("email", "calendar"),
                List.of("banking"),
                false,
                new AutonomySettings.QuietHours("22:00", "07:00"),
                "Europe/Berlin");
        after(MINUTE, new AutonomySettingsUpdated(USER, ID, settings, null, 1, 1));

        assertThat(state())
                .containsSequence(
                        "  settings: trust low_autonomy, Europe/Berlin, 0 sets of rules",
                        "    at most 500 cents for an action, at most 2000 cents for a day (0 cents spent or reserved)",
                        "    quiet from 22:00 to 07:00: everything needs approval",
                        "    allowed in these domains only: email, calendar",
                        "    not allowed in these domains: banking")
                .noneMatch(line -> line.contains("undone"));
    }

    private List<String> state() {
        return report().text();
    }

    private Report report() {
        return new Report(USER, extent, tale.at(now), tale.lines(), new UserLog.Read(1, 0, 0));
    }

    private JsonNode json() {
        return new JsonMapper().readTree(report().json()).required("state");
    }

    @Test
    void what_waits_waits_for_what_it_was_judged_by_last() {
        Verdict.Finding paused = new Verdict.Finding("user_pause", Effect.REQUIRE_APPROVAL, "paused_by_user", null);
        Verdict.Finding tier = new Verdict.Finding("trust_tier", Effect.REQUIRE_APPROVAL, "trust_tier", null);
        Instant until = TEN.plusSeconds(86_400);
        after(
                MINUTE,
                new ActionDecided(
                        USER, ID, action(), "hash", Verdict.of(List.of(paused)), circumstances(), 1, until, 1));
        after(
                MINUTE,
                new ApprovalRequested(USER, ID, ID, "hash", ConfirmationLevel.SINGLE, "paused_by_user", now, until, 2));
        after(
                MINUTE,
                new ActionDecided(USER, ID, action(), "hash", Verdict.of(List.of(tier)), circumstances(), 2, until, 3));

        assertThat(tale.at(now).waiting())
                .extracting(ActionTale.Waiting::reason)
                .containsExactly("trust_tier");
    }

    @Test
    void the_operators_pause_is_everybodys_and_another_users_trouble_is_not() {
        after(
                Duration.ZERO,
                new AutonomyPaused(
                        Operator.ID,
                        ID,
                        new PauseScope(PauseScope.Kind.DOMAIN, "email"),
                        OPS,
                        "incident 42",
                        now,
                        1,
                        1));
        after(MINUTE, new CommandUnreadable(Operator.ID, new SourcePosition("t", 0, 1), OPS, "not JSON", 2));
        after(MINUTE, new CommandUnreadable(Operator.ID, new SourcePosition("t", 0, 2), USER, "not JSON", 3));

        assertThat(told())
                .containsExactly(
                        "The operator " + OPS + " paused auto-execution of domain email: \u201cincident 42\u201d.",
                        "The screen said, red: \u201cAuto-execution is paused by the operator for the domain email. The"
                                + " operator says: \u201cincident 42\u201d. Actions wait in Approvals until the operator lifts"
                                + " it or you approve them.\u201d",
                        "A command could not be read (not JSON), and may have been a pause: who it concerns had to approve"
                                + " each action until the operator had looked.",
                        "The screen said, grey: \u201cNothing is done without asking you at the moment. A command could not be"
                                + " read, and it may have been a pause. We are looking into it. Actions wait in"
                                + " Approvals.\u201d");
        assertThat(proposal(tale.at(now)).reason()).isEqualTo("control_state_unknown");
    }

    @Nested
    class A_command_that_could_not_be_read {

        private void unreadable(int partition) {
            after(
                    MINUTE,
                    new CommandUnreadable(Operator.ID, new SourcePosition("t", partition, 1), null, "not JSON", 1));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void withholds_from_everybody_of_its_partition_and_from_all_where_that_is_the_operators(int partition) {
            unreadable(partition);

            assertThat(told())
                    .first()
                    .asString()
                    .isEqualTo(
                            "A command could not be read (not JSON), and may have been a pause: whoever it may concern"
                                    + " had to approve each action until the operator had looked.");
            assertThat(tale.at(now).pauses().withheldSince()).isEqualTo(now);
            assertThat(tale.at(now).banners()).hasSize(1);
            assertThat(proposal(tale.at(now)).reason()).isEqualTo("control_state_unknown");
        }

        @Test
        void is_nothing_to_whose_commands_come_by_another_partition() {
            unreadable(2);

            assertThat(told()).isEmpty();
            assertThat(proposal(tale.at(now)).reason()).isEqualTo("trust_tier");
        }

        @Test
        void withholds_nothing_any_more_once_the_operator_has_looked() {
            unreadable(0);
            after(MINUTE, new UnreadableResolved(Operator.ID, ID, new SourcePosition("t", 0, 1), 2));

            assertThat(told()).last().asString().startsWith("The banner ");
            assertThat(tale.at(now).banners()).isEmpty();
        }
    }

    @Nested
    class Where_the_first_records_have_left_the_log {

        @BeforeEach
        void begin_later() {
            theLogBeginsLater();
            attempt = 7_000;
        }

        @Test
        void a_connector_is_told_by_the_first_that_is_left_of_it() {
            for (int n = 0; n < 5; n++) {
                read("gmail", 1);
            }

            assertThat(told())
                    .containsExactly(
                            "Gmail was read. It had been connected before the log begins. 5 new or changed items. (5)");
            assertThat(state())
                    .contains(
                            "  gmail (account not known): ok, since before the log begins; last read 2026-11-20T10:05:00Z");
        }

        @Test
        void a_connector_that_dies_takes_along_those_on_its_grant() {
            read("google-calendar", 0);
            refused();

            assertThat(told())
                    .element(1)
                    .asString()
                    .endsWith("It was needs_reauth from then on. So was Google Calendar, which lives on the same grant:"
                            + " needs_reauth. It had been connected before the log begins.");
        }

        @Test
        void what_nobody_has_told_since_is_not_known() {
            read("gmail", 0);

            assertThat(state())
                    .contains(
                            "  paused by the user: not known, older than the log",
                            "  paused by the operator: not known, older than the log",
                            "  settings: not known, older than the log; 0 or more sets of rules",
                            "  on the screen, as far as the log tells: no banner")
                    .noneMatch(line -> line.contains("proposal"));
            assertThat(json().required("olderThanLog").valueStream().map(JsonNode::asString))
                    .containsExactly("operatorPauses", "policies", "settings", "userPause");
            assertThat(json().required("settings").isNull()).isTrue();
            assertThat(json().required("proposals").isEmpty()).isTrue();
        }

        @Test
        void what_is_told_since_is_known() {
            after(MINUTE, new AutonomyResumed(USER, ID, PauseScope.EVERYTHING, USER, now, 4, 1));
            after(MINUTE, new AutonomySettingsUpdated(USER, ID, AutonomySettings.UNSET, null, 9, 2));

            assertThat(told())
                    .containsExactly(
                            "The user resumed auto-execution.",
                            "The user changed the settings: they are older than the log, and are now trustTier suggest,"
                                    + " maxSpendPerActionCents none, maxDailySpendCents none, allowedDomains [],"
                                    + " blockedDomains [], requireApprovalForIrreversible true, quietHours none, timeZone"
                                    + " UTC.");
            assertThat(state())
                    .contains("  paused by the user: no", "  settings: trust suggest, UTC, 0 or more sets of rules");
        }

        @Test
        void a_change_of_settings_that_tells_what_they_were_is_told_as_one() {
            AutonomySettings trusting = AutonomySettings.UNSET.with(TrustTier.LOW_AUTONOMY);
            after(MINUTE, new AutonomySettingsUpdated(USER, ID, AutonomySettings.UNSET, trusting, 9, 2));

            assertThat(told())
                    .containsExactly("The user changed the settings: trustTier from low_autonomy to suggest.");
        }

        @Test
        void rules_that_are_removed_are_called_as_they_were() {
            after(MINUTE, new PolicyRemoved(USER, ID, ID, "No banks", 9, 2));

            assertThat(told()).containsExactly("The user removed the rules \u201cNo banks\u201d.");
        }

        @Test
        void with_its_first_version_all_of_it_is_known() {
            after(MINUTE, new TrustTierChanged(USER, ID, TrustTier.SUGGEST, TrustTier.LOW_AUTONOMY, 1, 1));
            assertThat(state()).contains("  settings: trust low_autonomy, UTC, 0 or more sets of rules");
        }

        @Test
        void a_decision_tells_what_it_was_judged_by() {
            after(
                    MINUTE,
                    new ActionDecided(USER, ID, action(), "hash", Verdict.of(List.of()), circumstances(), 1, TEN, 1));

            assertThat(state())
                    .contains(
                            "  paused by the user: no",
                            "  paused by the operator: no",
                            "  settings: trust suggest, UTC, 0 sets of rules",
                            "  the most harmless proposal would have got: require_approval, for trust_tier");
        }

        @Test
        void a_decision_that_knew_of_more_pauses_leaves_open_whose_they_are() {
            Circumstances paused = new Circumstances(
                    TEN, AutonomySettings.UNSET, List.of(), List.of(PauseScope.EVERYTHING), null, null, 0, "1");
            after(MINUTE, new ActionDecided(USER, ID, action(), "hash", Verdict.of(List.of()), paused, 1, TEN, 1));

            assertThat(state()).contains("  paused by the user: not known, older than the log");
        }
    }

    @Test
    void what_changes_nothing_again_and_again_is_one_line_and_ends_no_other() {
        connected("gmail");
        for (int n = 0; n < 4; n++) {
            read("gmail", 0);
            after(Duration.ZERO, new ConnectorPolled(USER, "gmail", "google", GRANT, 0, ++attempt, 0, MINUTE, 0));
        }

        assertThat(told())
                .endsWith(
                        "Gmail was read. (4)",
                        "Gmail was read. This changed nothing: it was about an older consent. (4)");
    }

    @Test
    void nobodys_words_begin_another_line_or_move_the_cursor() {
        after(
                MINUTE,
                new AutonomyPaused(
                        USER, ID, PauseScope.EVERYTHING, USER, "rest\n  paused by the user: no\u001b[1A", now, 1, 1));

        assertThat(state())
                .containsOnlyOnce(
                        "  10:01:00.000  The user paused auto-execution: \u201crest\\n  paused by the user:"
                                + " no\\u001b[1A\u201d.",
                        "  paused by the user: everything since 2026-11-20T10:00:00Z, \u201crest\\n  paused by the user:"
                                + " no\\u001b[1A\u201d")
                .noneMatch(line -> line.matches("(?s).*[\\n\\x1b].*"));
    }

    @Test
    void rules_that_can_not_be_read_decide_nothing_and_the_rest_is_told() {
        Policy long_ago = new Policy(
                ID,
                "No banks",
                "",
                0,
                false,
                List.of(new Policy.Rule("domain", "eq", "bank", "deny", "r".repeat(40_000))));
        after(MINUTE, new PolicyChanged(USER, ID, long_ago, 1, 1));

        assertThat(state())
                .anyMatch(line ->
                        line.startsWith("  nothing would have been decided: the rules \u201cNo banks\u201d can not"
                                + " be read by this release: "))
                .noneMatch(line -> line.contains("would have got"));
    }

    @Test
    void what_was_passed_over_is_counted() {
        read("gmail", 0);
        Moment moment = tale.at(now);

        assertThat(new Report(USER, extent, moment, tale.lines(), new UserLog.Read(1, 2, 1)).text())
                .containsSequence(
                        "2 records may have been this user's or the operator's and can not be understood; see the dead"
                                + " letters.",
                        "1 record of a later release passed over.");
    }

    private static Verdict proposal(Moment moment) {
        return Objects.requireNonNull(moment.proposals().get(""));
    }

    private static Action action() {
        return new Action(
                ID,
                "shop.order",
                "Order milk",
                "shopping",
                null,
                Map.of(),
                250L,
                true,
                Provenance.USER_ORIGINATED,
                Urgency.NORMAL,
                null);
    }

    private static Circumstances circumstances() {
        return new Circumstances(TEN, AutonomySettings.UNSET, List.of(), List.of(), null, null, 0, "1");
    }
}
