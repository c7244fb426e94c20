package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Topics;
import dev.lifeline.query.Program.Reply;
import dev.lifeline.query.ReadModelTables;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** SkyTwin's client sends a bearer token, parses JSON from every 2xx, and reads {@code error} from refusals. */
class PauseTest extends AutonomyScene {

    private static final String OF_ALICE = "/api/users/" + ALICE.id();
    private static final String PAUSE = OF_ALICE + "/autonomy-pause";

    private Reply state() {
        Reply state = alice.get(OF_ALICE + "/autonomy-state");
        assertThat(state.status()).isEqualTo(200);
        return state;
    }

    @Nested
    class the_state {

        @Test
        void of_who_has_never_paused_is_that_nothing_is_paused() {
            Reply state = state();

            assertThat(state.at("/userId")).isEqualTo(ALICE.id().toString());
            assertThat(state.at("/asOf")).startsWith("20").endsWith("Z");
            assertThat(state.body().get("globalPause").booleanValue()).isFalse();
            assertThat(state.body().get("userPause").booleanValue()).isFalse();
            assertThat(state.at("/pausedAt")).isEqualTo("null");
            assertThat(state.at("/pausedReason")).isEqualTo("null");
            assertThat(state.at("/pauseVersion")).isEqualTo("null");
            assertThat(state.at("/reason")).isEqualTo("null");
            assertThat(state.body().at("/operator/pauses").isEmpty()).isTrue();
        }

        @Test
        void tells_both_pauses_apart_and_gives_the_operators_reason_where_both_are_set() {
            rows.paused(ALICE.id(), "on holiday", 3);
            assertThat(state().at("/reason")).isEqualTo("on holiday");

            rows.operatorPaused("everything", "", "maintenance", 7);
            Reply state = state();
            assertThat(state.body().get("globalPause").booleanValue()).isTrue();
            assertThat(state.body().get("userPause").booleanValue()).isTrue();
            assertThat(state.at("/pausedReason")).isEqualTo("on holiday");
            assertThat(state.at("/pausedAt")).endsWith("Z");
            assertThat(state.at("/pauseVersion")).isEqualTo("3");
            assertThat(state.at("/reason")).isEqualTo("maintenance");
            assertThat(state.at("/operator/pauses/0/scope/kind")).isEqualTo("everything");
            assertThat(state.at("/operator/pauses/0/scope/value")).isEqualTo("null");
            assertThat(state.at("/operator/pauses/0/reason")).isEqualTo("maintenance");
            assertThat(state.at("/operator/pauses/0/version")).isEqualTo("7");
            assertThat(state.at("/operator/pauses/0/since")).endsWith("Z");
        }

        @Test
        void is_not_paused_for_everything_where_the_operator_holds_back_a_part() {
            rows.operatorPaused("domain", "email", "maintenance", 1);

            Reply state = state();
            assertThat(state.body().get("globalPause").booleanValue()).isFalse();
            assertThat(state.at("/operator/pauses/0/scope/value")).isEqualTo("email");
        }

        @Test
        void says_since_when_everything_asks_because_a_command_could_not_be_read() {
            assertThat(state().at("/withheldSince")).isEqualTo("null");

            int own = Topics.partitionOf(ALICE.id(), ReadModelTables.PARTITIONS);
            int operators = Topics.partitionOf(Operator.ID, ReadModelTables.PARTITIONS);
            for (int partition = 0; partition < ReadModelTables.PARTITIONS; partition++) {
                rows.unreadable(null, partition);
                assertThat(state().at("/withheldSince").endsWith("Z"))
                        .as("by partition %d", partition)
                        .isEqualTo(partition == own || partition == operators);
                here.tables().execute("DELETE FROM unreadable_command");
            }
            rows.unreadable(BOB.id(), own);
            assertThat(state().at("/withheldSince")).isEqualTo("null");
            rows.unreadable(Operator.ID, operators == own ? own + 1 : operators);
            assertThat(state().at("/withheldSince")).endsWith("Z");
            here.tables().execute("UPDATE unreadable_command SET resolved_at = now()");
            assertThat(state().at("/withheldSince")).isEqualTo("null");
            here.tables().execute("DELETE FROM unreadable_command");
        }
    }

    @Nested
    class a_change {

        @Test
        void that_is_seen_in_time_is_answered_with_the_new_state() {
            CompletableFuture<PauseAutonomy> given = commands.answer(PauseAutonomy.class, command -> {
                rows.paused(ALICE.id(), command.reason(), 1);
                done(command);
            });

            Reply reply = alice.put(PAUSE, "{\"paused\": true, \"reason\": \"on holiday\"}");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().get("userPause").booleanValue()).isTrue();
            assertThat(reply.at("/pausedReason")).isEqualTo("on holiday");
            assertThat(reply.at("/pending")).isEqualTo("missing");
            PauseAutonomy command = given.join();
            assertThat(command)
                    .isEqualTo(new PauseAutonomy(
                            ALICE.id(),
                            command.commandId(),
                            ALICE.id(),
                            ActorRole.USER,
                            PauseScope.EVERYTHING,
                            "on holiday"));
        }

        @Test
        void that_takes_longer_is_answered_with_what_is_known_and_where_to_ask() {
            Reply reply = alice.put(PAUSE, "{\"paused\": true}");

            AutonomyCommand command = (AutonomyCommand) commands.next();
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.body().get("pending").booleanValue()).isTrue();
            assertThat(reply.body().get("userPause").booleanValue()).isFalse();
            assertThat(reply.location()).isEqualTo(OF_ALICE + "/commands/" + command.commandId());
            assertThat(alice.get(reply.location()).at("/state")).isEqualTo("pending");

            done(command);
            assertThat(alice.get(reply.location()).at("/state")).isEqualTo("done");
        }

        @Test
        void that_was_refused_is_told_by_its_command_as_well() {
            Reply reply = alice.put(PAUSE, "{\"paused\": false}");
            AutonomyCommand command = (AutonomyCommand) commands.next();
            rows.answered(ALICE.id(), command.commandId(), "another_pause", "Look again.");

            Reply what = alice.get(reply.location());
            assertThat(what.at("/state")).isEqualTo("rejected");
            assertThat(what.at("/code")).isEqualTo("another_pause");
            assertThat(what.at("/reason")).isEqualTo("Look again.");
        }

        @Test
        void without_words_has_no_reason() {
            CompletableFuture<PauseAutonomy> given = commands.answer(PauseAutonomy.class, command -> done(command));

            alice.put(PAUSE, "{\"paused\": true, \"reason\": \"  \"}");

            assertThat(given.join().reason()).isNull();
        }
    }

    @Nested
    class a_resume {

        private long versionOf(String body) {
            CompletableFuture<ResumeAutonomy> given = commands.answer(ResumeAutonomy.class, command -> {
                rows.resumed(ALICE.id());
                done(command);
            });
            assertThat(alice.put(PAUSE, body).body().get("userPause").booleanValue())
                    .isFalse();
            return given.join().version();
        }

        @Test
        void lifts_the_pause_that_is_shown() {
            rows.paused(ALICE.id(), null, 5);
            assertThat(versionOf("{\"paused\": false}")).isEqualTo(5);
        }

        @Test
        void lifts_the_pause_that_it_names() {
            rows.paused(ALICE.id(), null, 5);
            assertThat(versionOf("{\"paused\": false, \"version\": 4}")).isEqualTo(4);
            rows.paused(ALICE.id(), null, 5);
            assertThat(versionOf("{\"paused\": false, \"pauseVersion\": 4}"))
                    .as("as the state calls it")
                    .isEqualTo(4);
        }

        @Test
        void that_comes_late_is_a_conflict_that_says_why() {
            rows.paused(ALICE.id(), null, 5);
            refuseNext("another_pause", "Look again.");

            Reply reply = alice.put(PAUSE, "{\"paused\": false, \"version\": 4}");
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.at("/error")).isEqualTo("Look again.");
            assertThat(reply.at("/detail")).isEqualTo("Look again.");
            assertThat(reply.at("/code")).isEqualTo("another_pause");
        }

        @Test
        void of_somebody_elses_pause_is_not_there() {
            Reply foreign = alice.put("/api/users/" + BOB.id() + "/autonomy-pause", "{\"paused\": false}");
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.at("/error")).isEqualTo("There is nothing at this address.");

            refuseNext("not_allowed", "This is not for you to ask.");
            Reply refused = alice.put(PAUSE, "{\"paused\": false}");
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.at("/error")).isEqualTo(foreign.at("/error"));
        }
    }

    @Test
    void a_body_that_is_not_understood_is_refused_with_its_field() {
        assertThat(alice.put(PAUSE, "{\"paused\": \"yes\"}").refusal())
                .isEqualTo("400 paused: paused is not of its type; it must be true or false.");
        assertThat(alice.put(PAUSE, "{}").refusal())
                .isEqualTo("400 paused: paused is missing; it must be true or false.");
        assertThat(alice.put(PAUSE, "{\"paused\": true, \"reason\": \"" + "x".repeat(501) + "\"}")
                        .refusal())
                .isEqualTo("400 reason: reason has 501 characters; at most 500 are taken.");
        assertThat(alice.put(PAUSE, "{\"paused\"").refusal()).startsWith("400 missing: The body is not JSON");
        assertThat(alice.put(PAUSE, "null").refusal()).isEqualTo("400 missing: The body is not a JSON object.");
    }
}
