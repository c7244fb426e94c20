package dev.lifeline.standalone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.lifeline.projector.replay.OperatorAccess;
import dev.lifeline.standalone.audit.AuditCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator asks what was, and whether the tables hold it, while everything runs. */
@ExtendWith(Lifelines.class)
class AuditSpec {

    private static final String ALICE = "11111111-1111-4111-8111-111111111111";
    private static final String PAUSE_OF_MAIL =
            "{\"paused\": %s, \"scope\": {\"kind\": \"domain\", \"value\": \"mail\"}}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_history_tells_who_paused_and_how_it_stood_before(Running lifeline) {
        Api alice = Api.of(lifeline.up(), "alice");
        Instant before = Instant.now();
        alice.put(alice.own("/autonomy-pause"), "{\"paused\": true, \"reason\": \"audited\"}");
        alice.put(alice.own("/autonomy-pause"), "{\"paused\": false}");

        assertThat(audit(lifeline, alice)).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("Gmail was connected, with the account alice@example.org at sandbox.")
                .contains("audited")
                .containsPattern("lifeline\\.autonomy\\.events-\\d@\\d+");

        assertThat(audit(lifeline, alice, "--at", before.toString())).isZero();
        assertThat(out.toString(UTF_8)).doesNotContain("audited").contains("paused by the user: no");
    }

    @Test
    void a_row_that_somebody_changed_is_named_and_everything_else_is_proven(Running lifeline) throws Exception {
        Api alice = Api.of(lifeline.up(), "alice");
        assertThat(audit(lifeline, alice, "--verify")).as(err.toString(UTF_8)).isZero();
        assertThat(err.toString(UTF_8)).containsPattern("verified: \\d+ rows are what the log comes to");

        setAccount(lifeline, alice, "mallory@example.org");
        try {
            assertThat(audit(lifeline, alice, "--verify")).isEqualTo(1);
            assertThat(err.toString(UTF_8))
                    .containsPattern("NOT what the log comes to: 1 of \\d+ rows")
                    .contains("connector_health (" + alice.userId() + ", gmail)", "account", "mallory@example.org");
        } finally {
            setAccount(lifeline, alice, "alice@example.org");
        }
    }

    @Test
    void a_row_of_a_user_of_whom_the_log_has_no_word_is_named(Running lifeline) throws Exception {
        UUID planted = UUID.randomUUID();
        execute(lifeline, "INSERT INTO read_model.users VALUES ('" + planted + "')");
        try {
            assertThat(audit(lifeline, planted.toString(), "--verify")).isEqualTo(1);
            assertThat(err.toString(UTF_8))
                    .contains("--user " + planted + " is not known: the log has no word of anybody of that id")
                    .contains("users (" + planted + ") is not in the log");
        } finally {
            execute(lifeline, "DELETE FROM read_model.users WHERE user_id = '" + planted + "'");
        }
    }

    @Test
    void an_auditor_reads_what_the_operator_sees_and_finds_nothing_to_press(Running lifeline) throws Exception {
        Api.of(lifeline.up(), "ops").put("/api/ops/autonomy-pause", PAUSE_OF_MAIL.formatted(true));
        try (Person auditor = lifeline.signedIn("auditor")) {
            auditor.sees("Operator");
            assertThat(auditor.page()
                            .getByRole(AriaRole.NAVIGATION)
                            .getByRole(AriaRole.LINK)
                            .allInnerTexts())
                    .containsExactly("Operator");
            PlaywrightAssertions.assertThat(auditor.page().locator("operator-pauses"))
                    .containsText("Domain mail");
            assertThat(auditor.page()
                            .locator("operator-pauses")
                            .getByRole(AriaRole.BUTTON)
                            .count())
                    .isZero();

            auditor.page().getByLabel("User's id").fill(ALICE);
            auditor.page().getByLabel("User's id").press("Enter");
            auditor.page().locator("user-history").getByText("Gmail").first().waitFor();
            auditor.photograph("story-auditor");
            assertThat(number(lifeline, "SELECT count(*) FROM web.reading WHERE user_id = '" + ALICE + "'"))
                    .isPositive();
        } finally {
            Api.of(lifeline.up(), "ops").put("/api/ops/autonomy-pause", PAUSE_OF_MAIL.formatted(false));
        }
    }

    private int audit(Running lifeline, Api user, String... more) {
        return audit(lifeline, user.userId(), more);
    }

    private int audit(Running lifeline, String user, String... more) {
        out.reset();
        err.reset();
        Map<String, String> environment =
                Map.of("LIFELINE_HOME", lifeline.up().home().toString());
        List<String> arguments = new ArrayList<>(List.of("--user", user));
        arguments.addAll(List.of(more));
        return new AuditCommand(
                        environment,
                        Clock.systemUTC(),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8))
                .run(arguments);
    }

    private static void setAccount(Running lifeline, Api user, String account) throws SQLException {
        try (Connection connection = database(lifeline);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Else a fold that is under way would write back what it has read before.
            statement.execute("LOCK TABLE read_model.connector_health IN ACCESS EXCLUSIVE MODE");
            statement.executeUpdate("UPDATE read_model.connector_health SET account = '" + account
                    + "' WHERE user_id = '" + user.userId() + "' AND connector_name = 'gmail'");
            connection.commit();
        }
    }

    private static void execute(Running lifeline, String sql) throws SQLException {
        try (Connection connection = database(lifeline);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static long number(Running lifeline, String query) throws SQLException {
        try (Connection connection = database(lifeline);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection database(Running lifeline) throws SQLException {
        return OperatorAccess.in(lifeline.up().home()).postgres().connections().getConnection();
    }
}
