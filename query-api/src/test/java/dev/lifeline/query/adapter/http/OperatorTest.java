package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.AUDITOR;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static dev.lifeline.query.TestIssuer.People.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.ResolveUnreadable;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.Condition;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.query.Program;
import dev.lifeline.query.Program.Reply;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest extends AutonomyScene {

    private static final String FLEET = "/api/ops/fleet";
    private static final String PAUSE = "/api/ops/autonomy-pause";
    private static final String RESOLVE = "/api/ops/unreadable/resolve";
    private static final String SOURCE =
            "{\"source\": {\"topic\": \"lifeline.autonomy.commands\", \"partition\": 2, \"offset\": 7}}";

    private final Program ops = Program.of(OPS);

    @BeforeEach
    void all_can_be_read() {
        here.tables().execute("DELETE FROM unreadable_command");
    }

    @Test
    void the_fleet_is_counted_and_how_far_it_lags_is_told() {
        here.tables().silently(ALICE.id(), "gmail", Condition.OK, Duration.ZERO);
        here.tables().silently(ALICE.id(), "google-calendar", Condition.NEEDS_REAUTH, Duration.ZERO);
        here.tables()
                .execute(
                        "UPDATE connector_health SET error_code = 'invalid_grant', failure_class = 'REAUTH' WHERE condition = 'needs_reauth'");
        here.tables()
                .execute("UPDATE connector_health SET due_by = now() - interval '1 minute' WHERE condition = 'ok'");

        Reply fleet = ops.get(FLEET);
        assertThat(fleet.status()).isEqualTo(200);
        assertThat(Instant.parse(fleet.at("/now"))).isAfterOrEqualTo(Instant.parse(fleet.at("/asOf")));
        assertThat(fleet.at("/users")).isEqualTo("1");
        assertThat(fleet.at("/connectors/0/provider")).isEqualTo("sandbox");
        assertThat(fleet.at("/connectors/0/condition")).isEqualTo("needs_reauth");
        assertThat(fleet.at("/connectors/0/count")).isEqualTo("1");
        assertThat(fleet.at("/errorCodes/0/errorCode")).isEqualTo("invalid_grant");
        assertThat(fleet.at("/errorCodes/0/failureClass")).isEqualTo("REAUTH");
        assertThat(fleet.at("/errorCodes/0/provider")).isEqualTo("sandbox");
        assertThat(fleet.at("/lag/pollers/overdue")).isEqualTo("1");
        assertThat(fleet.at("/lag/pollers/oldestDueBy")).endsWith("Z");
        assertThat(fleet.body().at("/lag/projector").size()).isEqualTo(3);
        assertThat(fleet.at("/lag/projector/0/projection")).startsWith("lifeline-projector-");
        assertThat(fleet.at("/lag/projector/0/caughtUpAt")).endsWith("Z");
        assertThat(fleet.body().get("pauses").isEmpty()).isTrue();
        assertThat(fleet.body().get("unreadable").isEmpty()).isTrue();
    }

    @Test
    void the_fleet_is_known_as_of_then_when_the_last_of_the_projections_was() {
        String late = "UPDATE projection_offset SET caught_up_at = %s"
                + " WHERE projection = 'lifeline-projector-actions' AND partition = 0";
        here.tables().execute(late.formatted("now() - interval '1 minute'"));
        try {
            Reply fleet = ops.get(FLEET);
            assertThat(Duration.between(Instant.parse(fleet.at("/asOf")), Instant.parse(fleet.at("/now"))))
                    .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
            here.tables().execute(late.formatted("NULL"));
            assertThat(ops.get(FLEET).body().get("asOf").isNull()).isTrue();
        } finally {
            here.tables().execute(late.formatted("now()"));
        }
    }

    @Test
    void how_far_all_is_proven_is_told_and_what_is_not_what_the_log_comes_to() {
        assertThat(ops.get(FLEET).body().get("verification").isNull()).isTrue();
        here.tables()
                .execute(
                        "INSERT INTO verification VALUES (0, 86400, now(), now(), now() - interval '3 hours', '', 20, 1, 1),"
                                + " (1, 86400, now(), now(), now(), '', 22, 0, 0), (2, 86400, now(), NULL, NULL, NULL, 0, 0, 0)");
        here.tables()
                .execute("INSERT INTO verification_difference VALUES (0, 'connector_health', 'u, gmail', '" + ALICE.id()
                        + "'), (0, 'operator_pause', 'everything, ', NULL)");
        try {
            Reply fleet = ops.get(FLEET);

            assertThat(fleet.at("/verification/partitions")).isEqualTo("3");
            assertThat(fleet.at("/verification/proven")).isEqualTo("2");
            assertThat(fleet.at("/verification/rows")).isEqualTo("42");
            assertThat(fleet.at("/verification/unprovable")).isEqualTo("1");
            assertThat(fleet.at("/verification/different")).isEqualTo("1");
            assertThat(fleet.at("/verification/oldest")).endsWith("Z");
            assertThat(fleet.at("/verification/everySeconds")).isEqualTo("86400");
            assertThat(fleet.at("/verification/first/0/table")).isEqualTo("connector_health");
            assertThat(fleet.at("/verification/first/0/key")).isEqualTo("u, gmail");
            assertThat(fleet.at("/verification/first/0/userId"))
                    .isEqualTo(ALICE.id().toString());
            assertThat(fleet.body().at("/verification/first/1/userId").isNull()).isTrue();
        } finally {
            here.tables().execute("DELETE FROM verification");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"paused": true, "reason": "maintenance"}                                                       | everything  |
            {"paused": true, "reason": "maintenance", "scope": {"kind": "everything", "value": null}}       | everything  |
            {"paused": true, "reason": "maintenance", "scope": {"kind": "domain", "value": "email"}}        | domain      | email
            {"paused": true, "reason": "maintenance", "scope": {"kind": "connector", "value": "gmail"}}     | connector   | gmail
            {"paused": true, "reason": "maintenance", "scope": {"kind": "action_type", "value": "pay.now"}} | action_type | pay.now
            """)
    void a_brake_is_pulled_for_everybody_or_for_a_part(String body, String kind, String value) {
        CompletableFuture<PauseAutonomy> given = commands.answer(PauseAutonomy.class, command -> {
            rows.operatorPaused(kind, value == null ? "" : value, command.reason(), 1);
            done(command);
        });

        Reply reply = ops.put(PAUSE, body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/pauses/0/scope/kind")).isEqualTo(kind);
        assertThat(reply.at("/pauses/0/reason")).isEqualTo("maintenance");
        PauseAutonomy command = given.join();
        assertThat(command)
                .isEqualTo(new PauseAutonomy(
                        Operator.ID,
                        command.commandId(),
                        OPS.id(),
                        ActorRole.OPERATOR,
                        new PauseScope(PauseScope.Kind.ofWireName(kind), value),
                        "maintenance"));
    }

    @Test
    void a_brake_is_released_by_its_version() {
        rows.operatorPaused("domain", "email", "maintenance", 4);
        String scope = "\"scope\": {\"kind\": \"domain\", \"value\": \"email\"}";

        CompletableFuture<ResumeAutonomy> shown = commands.answer(ResumeAutonomy.class, this::done);
        ops.put(PAUSE, "{\"paused\": false, " + scope + "}");
        assertThat(shown.join().version()).isEqualTo(4);

        CompletableFuture<ResumeAutonomy> named = commands.answer(
                ResumeAutonomy.class,
                command -> rows.answered(command.userId(), command.commandId(), "another_pause", "Look again."));
        Reply late = ops.put(PAUSE, "{\"paused\": false, " + scope + ", \"version\": 3}");
        assertThat(named.join().version()).isEqualTo(3);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.at("/code")).isEqualTo("another_pause");
    }

    @Test
    void a_brake_is_pulled_and_released_while_the_fleet_can_not_be_counted() throws SQLException {
        rows.operatorPaused("everything", "", "maintenance", 4);
        try (Connection counting =
                here.database().owner("lifeline_projector", "read_model").connect()) {
            counting.setAutoCommit(false);
            try (Statement statement = counting.createStatement()) {
                statement.execute("LOCK TABLE connector_health");
            }
            assertThat(ops.get(FLEET).status()).isEqualTo(503);

            Reply pulled = ops.put(PAUSE, "{\"paused\": true}");
            assertThat(pulled.status()).isEqualTo(202);
            assertThat(commands.next()).isInstanceOf(PauseAutonomy.class);

            Reply released = ops.put(PAUSE, "{\"paused\": false}");
            assertThat(released.status()).isEqualTo(202);
            assertThat(commands.next()).isInstanceOfSatisfying(ResumeAutonomy.class, command -> {
                assertThat(command.version()).isEqualTo(4);
                assertThat(released.location()).isEqualTo("/api/ops/commands/" + command.commandId());
            });
            counting.rollback();
        }
    }

    @Test
    void what_instances_were_started_with_is_lifted_by_no_command() {
        rows.operatorPaused("environment", "", "set at start", 1);
        Reply reply = ops.put(PAUSE, "{\"paused\": false}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.at("/code")).isEqualTo("set_at_start");
        assertThat(reply.at("/error")).contains("SKYTWIN_AUTO_EXECUTE_DISABLED");

        rows.operatorPaused("everything", "", "maintenance", 2);
        CompletableFuture<ResumeAutonomy> given = commands.answer(ResumeAutonomy.class, this::done);
        assertThat(ops.put(PAUSE, "{\"paused\": false}").status()).isEqualTo(200);
        assertThat(given.join().version()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"paused": true, "scope": {"kind": "environment", "value": null}}   | scope.kind  | by no command
            {"paused": true, "scope": {"kind": "planet", "value": "mars"}}      | scope.kind  | it may be one of everything, domain
            {"paused": true, "scope": {"kind": "domain"}}                       | scope.value | is missing; name what is paused
            {"paused": true, "scope": {"kind": "domain", "value": " "}}         | scope.value | is empty; name it
            {"paused": true, "scope": {"kind": "everything", "value": "email"}} | scope.value | must be null
            {"paused": true, "domain": "email"}                                 | domain      | there are paused, scope, reason, version
            """)
    void a_brake_that_does_not_exist_is_refused_by_name(String body, String field, String remedy) {
        assertThat(ops.put(PAUSE, body).refusal())
                .startsWith("400 " + field + ": " + field)
                .contains(remedy);
    }

    @Test
    void a_command_that_could_not_be_read_is_shown_until_it_is_resolved() {
        here.tables()
                .execute("INSERT INTO unreadable_command VALUES ('lifeline.autonomy.commands', 2, 7, '" + ALICE.id()
                        + "', 'no JSON', now(), NULL)");
        Reply fleet = ops.get(FLEET);
        assertThat(fleet.at("/unreadable/0/source/topic")).isEqualTo("lifeline.autonomy.commands");
        assertThat(fleet.at("/unreadable/0/source/partition")).isEqualTo("2");
        assertThat(fleet.at("/unreadable/0/source/offset")).isEqualTo("7");
        assertThat(fleet.at("/unreadable/0/userId")).isEqualTo(ALICE.id().toString());
        assertThat(fleet.at("/unreadable/0/reason")).isEqualTo("no JSON");
        assertThat(fleet.at("/unreadable/0/at")).endsWith("Z");

        CompletableFuture<ResolveUnreadable> given = commands.answer(ResolveUnreadable.class, command -> {
            here.tables().execute("UPDATE unreadable_command SET resolved_at = now()");
            done(command);
        });
        Reply reply = ops.post(RESOLVE, SOURCE);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("unreadable").isEmpty()).isTrue();
        assertThat(given.join().source()).isEqualTo(new SourcePosition("lifeline.autonomy.commands", 2, 7));
        assertThat(given.join().actor()).isEqualTo(OPS.id());
    }

    @Test
    void what_takes_longer_can_be_asked_for_by_operators() {
        Reply reply = ops.put(PAUSE, "{\"paused\": true}");
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.at("/pending")).isEqualTo("true");
        AutonomyCommand command = (AutonomyCommand) commands.next();
        assertThat(reply.location()).isEqualTo("/api/ops/commands/" + command.commandId());
        assertThat(ops.get(reply.location()).at("/state")).isEqualTo("pending");
        assertThat(Program.of(ALICE).get(reply.location()).status()).isEqualTo(403);
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // what it does shows in the answer
    void nobody_but_an_operator_operates() {
        assertThat(alice.get(FLEET).status()).isEqualTo(403);
        assertThat(alice.put(PAUSE, "{\"paused\": true}").status()).isEqualTo(403);
        assertThat(alice.post(RESOLVE, SOURCE).status()).isEqualTo(403);

        commands.answer(
                AutonomyCommand.class,
                command ->
                        rows.answered(Operator.ID, command.commandId(), "not_allowed", "This is not for you to ask."));
        assertThat(ops.put(PAUSE, "{\"paused\": true}").refusal())
                .isEqualTo("403 missing: This is not for you to ask.");
    }

    @Test
    void an_auditor_reads_everybodys_and_it_is_noted() {
        Program auditor = Program.of(AUDITOR);
        String status = "/api/connectors/" + ALICE.id() + "/status";

        assertThat(auditor.get(status).status()).isEqualTo(200);
        // As an open page does every few seconds.
        assertThat(auditor.get(status).status()).isEqualTo(200);
        assertThat(auditor.get("/api/users/" + ALICE.id() + "/timeline?limit=5").status())
                .isEqualTo(200);
        assertThat(auditor.get(FLEET).status()).isEqualTo(200);
        assertThat(auditor.post("/api/users/" + ALICE.id() + "/connectors/gmail/disable", "")
                        .status())
                .isEqualTo(403);
        assertThat(Program.of(OPS).get(status).status()).isEqualTo(404);

        assertThat(here.tables().readBy(AUDITOR.id()))
                .containsOnlyOnce(
                        ALICE.id() + " " + status,
                        ALICE.id() + " /api/users/" + ALICE.id() + "/timeline?limit=5",
                        "everybody " + FLEET);
        assertThat(here.tables().readBy(OPS.id())).doesNotContain(ALICE.id() + " " + status);
    }

    @Test
    void what_is_asked_about_one_user_is_noted_of_operators_too() {
        String timeline = "/api/ops/users/" + ALICE.id() + "/timeline";

        assertThat(ops.get(timeline).status()).isEqualTo(200);
        assertThat(Program.of(BOB).get(timeline).status()).isEqualTo(403);
        assertThat(ops.get("/api/ops/users/nobody/timeline").status()).isEqualTo(400);

        assertThat(here.tables().readBy(OPS.id())).contains(ALICE.id() + " " + timeline);
    }

    @Test
    void an_auditor_reads_and_changes_nothing() {
        Program auditor = Program.of(AUDITOR);
        assertThat(auditor.get(FLEET).status()).isEqualTo(200);
        assertThat(auditor.put(PAUSE, "{\"paused\": true}").status()).isEqualTo(403);
        assertThat(auditor.post(RESOLVE, SOURCE).status()).isEqualTo(403);
    }

    @Test
    void an_agent_of_an_operator_does_not_operate() {
        Program agent =
                new Program(here.service().http(here.issuer().token(OPS, claims -> claims.claim("scope", "agent"))));
        assertThat(agent.get(FLEET).status()).isEqualTo(403);
        assertThat(agent.put(PAUSE, "{\"paused\": false}").status()).isEqualTo(403);
    }
}
