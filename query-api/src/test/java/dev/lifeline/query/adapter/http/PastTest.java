package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.ReadModelTables.TEN;
import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Condition;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Topics;
import dev.lifeline.events.TrustTier;
import dev.lifeline.query.Program;
import dev.lifeline.query.Program.Reply;
import dev.lifeline.query.ReadModelTables;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How things stood at an earlier time. */
class PastTest {

    private static final UUID ID = UUID.fromString("bbbbbbbb-0000-4000-8000-000000000001");

    private final Surroundings here = RunningQuery.shared();
    private final Program alice = Program.of(ALICE);

    @BeforeEach
    void a_tale() {
        here.tables().clear();
        here.tables().became(ALICE.id(), 0, "gmail", Condition.OK, "alice@example.org");
        tell(
                ALICE.id(),
                5,
                "settings_changed",
                new AutonomySettingsUpdated(ALICE.id(), ID, AutonomySettings.UNSET, null, 1, 1));
        tell(
                ALICE.id(),
                6,
                "trust_tier_changed",
                new TrustTierChanged(ALICE.id(), ID, TrustTier.SUGGEST, TrustTier.OBSERVER, 2, 2));
        here.tables().became(ALICE.id(), 10, "gmail", Condition.NEEDS_REAUTH, "");
        tell(
                ALICE.id(),
                20,
                "user_paused",
                new AutonomyPaused(
                        ALICE.id(), ID, PauseScope.EVERYTHING, ALICE.id(), "on holiday", TEN.plusSeconds(20), 1, 3));
        tell(
                ALICE.id(),
                21,
                "approval_requested",
                new ApprovalRequested(
                        ALICE.id(),
                        ID,
                        ID,
                        "hash",
                        ConfirmationLevel.SINGLE,
                        "paused_by_user",
                        TEN.plusSeconds(21),
                        TEN.plusSeconds(900),
                        4));
        tell(
                Operator.ID,
                25,
                "operator_paused",
                new AutonomyPaused(
                        Operator.ID, ID, PauseScope.EVERYTHING, OPS.id(), "incident 42", TEN.plusSeconds(25), 1, 5));
        tell(
                ALICE.id(),
                30,
                "approval_granted",
                new ApprovalGranted(ALICE.id(), ID, ID, ID, ALICE.id(), TEN.plusSeconds(30), 6));
        tell(
                ALICE.id(),
                40,
                "user_resumed",
                new AutonomyResumed(ALICE.id(), ID, PauseScope.EVERYTHING, ALICE.id(), TEN.plusSeconds(40), 1, 7));
        here.tables().became(ALICE.id(), 50, "gmail", Condition.OK, "alice@example.org");
    }

    private void tell(UUID user, int second, String kind, Message event) {
        here.tables().tells(user, second, kind, new String(new Codec().encode(event), StandardCharsets.UTF_8));
    }

    private Reply past(int second) {
        return alice.get("/api/users/" + ALICE.id() + "/past?at=" + TEN.plusSeconds(second));
    }

    @Test
    void before_anything_was_connected_there_was_nothing() {
        Reply past = past(-1);

        assertThat(past.status()).isEqualTo(200);
        assertThat(past.at("/connectors/0")).isEqualTo("missing");
        assertThat(past.at("/settings/trustTier")).isEqualTo("suggest");
        assertThat(past.at("/screen/banners/0")).isEqualTo("missing");
        assertThat(past.at("/whole")).isEqualTo("true");
    }

    @Test
    void while_it_was_dead_the_screen_said_so() {
        Reply past = past(15);

        assertThat(past.at("/connectors/0/name")).isEqualTo("gmail");
        assertThat(past.at("/connectors/0/state/condition")).isEqualTo("needs_reauth");
        assertThat(past.at("/connectors/0/state/account")).isEqualTo("alice@example.org");
        assertThat(past.at("/connectors/0/since")).isEqualTo(TEN.plusSeconds(10).toString());
        assertThat(past.at("/settings/trustTier")).isEqualTo("observer");
        assertThat(past.at("/screen/banners/0/kind")).isEqualTo("needs_reauth");
        assertThat(past.at("/screen/banners/0/since")).isEqualTo(TEN.toString());
    }

    @Test
    void while_it_was_paused_twice_over_both_stood_there_and_what_waited_waited() {
        Reply past = past(26);

        assertThat(past.at("/userPause/reason")).isEqualTo("on holiday");
        assertThat(past.at("/operatorPauses/0/reason")).isEqualTo("incident 42");
        assertThat(past.at("/screen/banners/0/kind")).isEqualTo("operator_pause");
        assertThat(past.at("/screen/banners/1/kind")).isEqualTo("user_pause");
        assertThat(past.at("/screen/banners/2/kind")).isEqualTo("needs_reauth");
        assertThat(past.at("/waiting/0/reason")).isEqualTo("paused_by_user");
        assertThat(past(31).at("/waiting/0")).isEqualTo("missing");
    }

    @Test
    void what_was_lifted_and_mended_is_not_there_any_more() {
        Reply past = past(60);

        assertThat(past.at("/userPause/reason")).isEqualTo("missing");
        assertThat(past.at("/connectors/0/state/condition")).isEqualTo("ok");
        assertThat(past.at("/screen/banners/1")).isEqualTo("missing");
    }

    @Test
    void while_a_command_that_could_not_be_read_withheld_everything_the_screen_said_so() {
        here.tables().execute("DELETE FROM unreadable_command");
        try {
            unreadable(Topics.partitionOf(ALICE.id(), ReadModelTables.PARTITIONS));

            assertThat(past(60).at("/screen/banners/1")).isEqualTo("missing");
            assertThat(past(75).at("/screen/banners/1/text")).contains("without asking you");
            assertThat(past(80).at("/screen/banners/1")).isEqualTo("missing");
        } finally {
            here.tables().execute("DELETE FROM unreadable_command");
        }
    }

    @Test
    void one_that_came_by_the_partition_of_others_withheld_nothing() {
        int own = Topics.partitionOf(ALICE.id(), ReadModelTables.PARTITIONS);
        int operators = Topics.partitionOf(Operator.ID, ReadModelTables.PARTITIONS);
        int others = IntStream.range(0, ReadModelTables.PARTITIONS)
                .filter(partition -> partition != own && partition != operators)
                .findFirst()
                .orElseThrow();
        try {
            unreadable(others);

            assertThat(past(75).at("/screen/banners/1")).isEqualTo("missing");
        } finally {
            here.tables().execute("DELETE FROM unreadable_command");
        }
    }

    /** From the 70th to the 80th second. */
    private void unreadable(int partition) {
        here.tables()
                .execute("INSERT INTO unreadable_command VALUES"
                        + " ('lifeline.autonomy.commands', %d, 1, NULL, 'no JSON', '%s', '%s')"
                                .formatted(partition, TEN.plusSeconds(70), TEN.plusSeconds(80)));
    }

    @Test
    void a_line_from_before_lines_told_so_much_is_said_to_be_missing() {
        here.tables().act(ALICE.id(), 22, "approval_requested", "email.archive");

        assertThat(past(26).at("/whole")).isEqualTo("false");
    }

    @Test
    void a_time_that_is_forgotten_is_said_not_to_be_told_whole() {
        Instant forgotten = Instant.now().minus(Topics.FACT_RETENTION);

        assertThat(alice.get("/api/users/" + ALICE.id() + "/past?at=" + forgotten)
                        .at("/whole"))
                .isEqualTo("false");
    }

    @Test
    void operators_ask_about_anybody() {
        assertThat(Program.of(OPS)
                        .get("/api/ops/users/" + ALICE.id() + "/past?at=" + TEN.plusSeconds(15))
                        .at("/connectors/0/state/condition"))
                .isEqualTo("needs_reauth");
        assertThat(alice.get("/api/ops/users/" + ALICE.id() + "/past?at=" + TEN).status())
                .isEqualTo(403);
        assertThat(Program.of(OPS)
                        .get("/api/users/" + ALICE.id() + "/past?at=" + TEN)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_clock_that_is_a_little_ahead_asks_about_now() {
        String soon = Instant.now().plusSeconds(10).toString();
        assertThat(alice.get("/api/users/" + ALICE.id() + "/past?at=" + soon).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?at=yesterday             | at is no instant; write it like 2026-11-20T10:02:00Z.
            ?at=9998-01-01T00:00:00Z  | at is in the future; it is
            """)
    void what_is_no_earlier_time_is_refused(String query, String error) {
        assertThat(alice.get("/api/users/" + ALICE.id() + "/past" + query).refusal())
                .startsWith("400")
                .contains(error);
    }
}
