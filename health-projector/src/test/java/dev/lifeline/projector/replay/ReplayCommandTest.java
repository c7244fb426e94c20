package dev.lifeline.projector.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Topics;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayCommandTest {

    private final Projection projection = new Projection(Duration.ofHours(1));
    private final Map<String, String> environment = new HashMap<>(Map.of("LIFELINE_PROJECTOR_GRACE", "1h"));
    private String out = "";
    private String err = "";

    @BeforeAll
    void fold_a_history(@TempDir Path home) throws IOException {
        projection.startAll();
        projection.publish(RichHistory.of(UUID.randomUUID(), 1));
        projection.publish(RichHistory.operators());
        projection.sendUnreadable(Topics.AUTONOMY_EVENTS);
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS);
        environment.put("LIFELINE_HOME", home.toString());
        Database server = projection.server;
        Files.writeString(
                home.resolve("kafka-admin.properties"),
                "# kcat -F\nbootstrap.servers=" + Backends.kafka().bootstrapServers());
        Files.writeString(home.resolve("postgres.properties"), """
                host=%s
                port=%d
                database=%s
                user=%s
                password=%s
                """.formatted(
                        server.host(), server.port(), server.name(), server.user(), server.password()));
    }

    @AfterAll
    void stop() {
        projection.close();
    }

    @Nested
    class Ends {

        @Test
        void with_0_when_they_are_identical_and_says_how_many_rows_there_are() {
            assertThat(run("--into", "replay_1")).isEqualTo(ReplayCommand.IDENTICAL);
            assertThat(out)
                    .containsPattern("folded [0-9,]+ events in")
                    .containsPattern("policy +[1-9][0-9]* rows")
                    .containsPattern(
                            "passed over, as live: [1-9][0-9]* records that can not be folded, [1-9][0-9]* of a type")
                    .containsPattern("identical: [0-9,]+ rows")
                    .contains("DROP SCHEMA replay_1 CASCADE (access: " + environment.get("LIFELINE_HOME")
                            + "/postgres.properties)");
        }

        @Test
        void with_1_when_they_differ_and_names_the_first_differences() {
            projection.database.execute("UPDATE policy SET version = version + 1000");
            try {
                assertThat(run("--into", "replay_2")).isEqualTo(ReplayCommand.DIFFERENT);
                assertThat(out)
                        .containsPattern("different: [0-9]+ of [0-9,]+ rows; the first differences:")
                        .containsPattern(
                                "policy \\(.{36}, .{36}\\) version is '10[0-9]{2}'; by the log it is '[0-9]{1,3}'");
            } finally {
                projection.database.execute("UPDATE policy SET version = version - 1000");
            }
        }

        @Test
        void with_2_when_it_was_called_wrongly() {
            for (List<String> wrong : List.of(
                    List.<String>of(),
                    List.of("--into"),
                    List.of("replay_1"),
                    List.of("--into", "replay_1", "--now"),
                    List.of("--into", "Replay"),
                    List.of("--into", "pg_toast"),
                    List.of("--into", "a; DROP SCHEMA b"))) {
                assertThat(run(wrong.toArray(new String[0]))).isEqualTo(ReplayCommand.WRONG_USAGE);
                assertThat(err).contains("usage: lifeline replay --into SCHEMA");
            }
        }
    }

    @Nested
    class Refuses_with_3_and_one_line {

        @Test
        void a_schema_that_is_not_of_a_replay() {
            projection.server.execute("CREATE SCHEMA payroll");
            refused("there is a schema payroll, and it is not of a replay; choose another name", "payroll");
            refused("read_model is the live read model; choose another name", "read_model");
        }

        @Test
        void a_swap_that_has_no_room_for_what_is_live_before_anything_is_folded() {
            projection.server.execute("CREATE SCHEMA replay_roomless_before");

            assertThat(run("--into", "replay_roomless", "--swap")).isEqualTo(ReplayCommand.NOT_NOW);

            assertThat(err)
                    .isEqualTo(
                            "lifeline replay: there is a schema replay_roomless_before, where this swap would put what is live now;"
                                    + " when nobody needs it any more, drop it (DROP SCHEMA replay_roomless_before CASCADE), or choose another"
                                    + " name than replay_roomless" + System.lineSeparator());
            assertThat(projection.server.value("SELECT 1 FROM pg_namespace WHERE nspname = 'replay_roomless'"))
                    .isNull();
        }

        @Test
        void a_home_where_nothing_runs(@TempDir Path empty) {
            String home = String.valueOf(environment.put("LIFELINE_HOME", empty.toString()));
            try {
                refused(
                        empty.resolve("postgres.properties")
                                + " can not be read; start Lifeline with ./lifeline up, or set LIFELINE_HOME to where it runs",
                        "replay_3");
            } finally {
                environment.put("LIFELINE_HOME", home);
            }
        }

        @Test
        void a_database_that_does_not_answer() {
            Backends.postgres().stop();
            try {
                assertThat(run("--into", "replay_4")).isEqualTo(ReplayCommand.NOT_NOW);
                assertThat(err).startsWith("lifeline replay: PostgreSQL at ").contains("refused");
            } finally {
                Backends.postgres().start();
            }
        }

        @Test
        void a_disk_that_is_full_and_gives_the_room_back() {
            assertThat(run("--into", "replay_5")).isEqualTo(ReplayCommand.IDENTICAL);
            projection.server.execute("""
                    CREATE FUNCTION replay_5.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$
                    """, """
                    CREATE TRIGGER no_room BEFORE INSERT ON replay_5.timeline EXECUTE FUNCTION replay_5.no_room()
                    """);
            projection.publish(RichHistory.of(UUID.randomUUID(), 2));
            projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS);

            assertThat(run("--into", "replay_5")).isEqualTo(ReplayCommand.NOT_NOW);

            assertThat(err).contains("there is no room on the database's disk; replay_5 is gone again");
            assertThat(projection.server.value("SELECT 1 FROM pg_namespace WHERE nspname = 'replay_5'"))
                    .isNull();
        }

        @Test
        void a_disk_that_has_no_room_for_the_tables() {
            projection.server.execute("""
                    CREATE FUNCTION no_tables() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
                    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$
                    """, """
                    CREATE EVENT TRIGGER no_tables ON ddl_command_start WHEN TAG IN ('CREATE TABLE')
                    EXECUTE FUNCTION no_tables()
                    """);
            try {
                assertThat(run("--into", "replay_7")).isEqualTo(ReplayCommand.NOT_NOW);
                assertThat(err.lines())
                        .singleElement()
                        .asString()
                        .contains("PostgreSQL at ", "could not extend file: No space left on device")
                        .doesNotContain("Exception");
            } finally {
                projection.server.execute("DROP EVENT TRIGGER no_tables", "DROP FUNCTION no_tables()");
            }
        }

        @Test
        void a_failure_that_nobody_thought_of(@TempDir Path home) throws IOException {
            String usual = String.valueOf(environment.put("LIFELINE_HOME", home.toString()));
            try {
                Files.copy(Path.of(usual, "kafka-admin.properties"), home.resolve("kafka-admin.properties"));
                Files.writeString(
                        home.resolve("postgres.properties"), "host=a\nport=none\ndatabase=b\nuser=c\npassword=d\n");
                refused("it failed: java.lang.NumberFormatException: For input string: \"none\"", "replay_8");
            } finally {
                environment.put("LIFELINE_HOME", usual);
            }
        }

        private void refused(String why, String schema) {
            assertThat(run("--into", schema)).isEqualTo(ReplayCommand.NOT_NOW);
            assertThat(err).isEqualTo("lifeline replay: " + why + System.lineSeparator());
            assertThat(out).isEmpty();
        }
    }

    @Test
    void swaps_when_it_is_told_to() {
        assertThat(run("--swap", "--into", "replay_6")).isEqualTo(ReplayCommand.IDENTICAL);
        assertThat(out).contains("swapped: read_model is the rebuilt one; what was there is in replay_6_before");
    }

    private int run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        int status = new ReplayCommand(
                        environment, new PrintStream(said, true, UTF_8), new PrintStream(complained, true, UTF_8))
                .run(List.of(arguments));
        out = said.toString(UTF_8);
        err = complained.toString(UTF_8);
        return status;
    }
}
