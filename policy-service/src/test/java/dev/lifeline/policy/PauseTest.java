package dev.lifeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The brake, pulled by the user and by the operator. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PauseTest {

    private RunningPolicy policy;

    @BeforeAll
    void start(Database database) {
        policy = new RunningPolicy(database);
    }

    @AfterAll
    void stop() {
        policy.close();
    }

    @Test
    void what_was_decided_before_a_pause_is_not_admitted_after_it_and_waits() {
        UUID user = policy.trustingUser();
        String id = policy.propose(user).text("decisionId");
        AutonomyPaused paused = (AutonomyPaused) policy.pause(user);
        assertThat(paused.reason()).isEqualTo("on holiday");
        assertThat(paused.version()).isEqualTo(1);
        Scene.Reply refused = policy.admit(user, id);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("error")).isEqualTo("paused_by_user");
        assertThat(refused.text("detail")).isEqualTo("It is not admitted now, and waits: paused_by_user.");
        assertThat(state(id)).isEqualTo("waiting");
        policy.admit(user, id);
        Scene.eventually()
                .untilAsserted(() ->
                        assertThat(policy.heard(user, ActionRefused.class)).hasSize(1));
    }

    /** All of it was decided on before, and is being carried out when the brake is pulled. */
    @Test
    void the_rest_of_a_batch_of_500_is_refused_and_waits_and_none_of_it_is_lost() {
        UUID user = policy.trustingUser();
        List<String> batch = Stream.generate(() -> policy.propose(user).text("decisionId"))
                .limit(500)
                .toList();
        CompletableFuture<Message> pause = new CompletableFuture<>();
        List<Integer> answers = new ArrayList<>();
        for (String id : batch) {
            if (answers.size() == 100) {
                pause.completeAsync(() -> policy.pause(user));
            }
            answers.add(policy.admit(user, id).status());
        }

        int admitted = answers.indexOf(409);
        assertThat(admitted).isBetween(100, 499);
        assertThat(Set.copyOf(answers.subList(0, admitted))).containsExactly(200);
        assertThat(Set.copyOf(answers.subList(admitted, 500))).containsExactly(409);
        assertThat(count(user, "waiting")).isEqualTo(500 - admitted);

        policy.resume(user, ((AutonomyPaused) pause.join()).version());
        Scene.eventually().until(() -> count(user, "open") == 500 - admitted);
        batch.subList(admitted, 500)
                .forEach(id -> assertThat(policy.admit(user, id).status()).isEqualTo(200));
        assertThat(count(user, "admitted")).isEqualTo(500);
    }

    private int count(UUID user, String state) {
        return Integer.parseInt(String.valueOf(policy.database.value(
                "SELECT count(*) FROM decision WHERE user_id = '%s' AND state = '%s'".formatted(user, state))));
    }

    @Test
    void what_is_refused_once_more_after_it_might_have_been_admitted_is_told_once_more() {
        UUID user = policy.trustingUser();
        String id = policy.propose(user).text("decisionId");
        AutonomyPaused first = (AutonomyPaused) policy.pause(user);
        policy.admit(user, id);
        policy.resume(user, first.version());
        Scene.eventually().until(() -> state(id).equals("open"));
        policy.pause(user);
        policy.admit(user, id);
        policy.admit(user, id);
        policy.resume(user, first.version() + 1); // whoever hears of this has heard of all before
        assertThat(policy.heard(user, ActionRefused.class))
                .extracting(ActionRefused::reason)
                .containsExactly("paused_by_user", "paused_by_user");
    }

    @Test
    void what_is_proposed_while_paused_waits_and_goes_on_when_resumed() {
        UUID user = policy.trustingUser();
        AutonomyPaused paused = (AutonomyPaused) policy.pause(user);
        Scene.Reply waiting = policy.propose(user);
        assertThat(waiting.text("verdict")).isEqualTo("require_approval");
        assertThat(waiting.text("approvalId")).isNotEmpty();
        assertThat(policy.resume(user, paused.version())).isInstanceOf(AutonomyResumed.class);
        String id = waiting.text("decisionId");
        Scene.eventually().until(() -> state(id).equals("open"));
        assertThat(policy.admit(user, id).status()).isEqualTo(200);
    }

    @Test
    void a_pause_of_what_is_paused_changes_nothing() {
        UUID user = policy.trustingUser();
        AutonomyPaused first = (AutonomyPaused) policy.pause(user);
        AutonomyPaused second = (AutonomyPaused) policy.pause(user);
        assertThat(second.version()).isEqualTo(first.version());
        assertThat(second.pausedAt()).isEqualTo(first.pausedAt());
        assertThat(second.commandId()).isNotEqualTo(first.commandId());
    }

    @Test
    void a_late_or_repeated_resume_lifts_nothing_newer() {
        UUID user = policy.trustingUser();
        AutonomyPaused first = (AutonomyPaused) policy.pause(user);
        assertThat(policy.resume(user, first.version())).isInstanceOf(AutonomyResumed.class);
        assertThat(policy.resume(user, first.version())).isInstanceOf(AutonomyResumed.class);
        AutonomyPaused second = (AutonomyPaused) policy.pause(user);
        assertThat(second.version()).isEqualTo(first.version() + 1);
        CommandRejected late = (CommandRejected) policy.resume(user, first.version());
        assertThat(late.code()).isEqualTo("another_pause");
        assertThat(policy.propose(user).text("reason")).isEqualTo("paused_by_user");
    }

    @Test
    void a_command_that_comes_twice_has_the_effect_of_one() {
        UUID user = policy.trustingUser();
        PauseAutonomy pause = Scene.pauseOf(user);
        AutonomyPaused paused = (AutonomyPaused) policy.command(pause);
        policy.resume(user, paused.version());
        policy.publish(pause);
        policy.command(Scene.resumeOf(user, paused.version())); // whoever answers this has read the repeat
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");
    }

    @Test
    void nobody_else_pulls_or_lifts_it() {
        UUID user = policy.trustingUser();
        UUID stranger = UUID.randomUUID();
        assertRejected(policy.command(
                new PauseAutonomy(user, UUID.randomUUID(), stranger, ActorRole.USER, PauseScope.EVERYTHING, null)));
        AutonomyPaused paused = (AutonomyPaused) policy.pause(user);
        assertRejected(policy.command(new ResumeAutonomy(
                user, UUID.randomUUID(), stranger, ActorRole.USER, PauseScope.EVERYTHING, paused.version())));
        assertRejected(policy.command(new ResumeAutonomy(
                user, UUID.randomUUID(), Scene.OPS, ActorRole.OPERATOR, PauseScope.EVERYTHING, paused.version())));
        assertRejected(policy.command(
                new PauseAutonomy(Operator.ID, UUID.randomUUID(), user, ActorRole.USER, PauseScope.EVERYTHING, null)));
    }

    @Test
    void a_reason_of_501_characters_is_refused() {
        UUID user = policy.trustingUser();
        CommandRejected rejected = (CommandRejected) policy.command(new PauseAutonomy(
                user, UUID.randomUUID(), user, ActorRole.USER, PauseScope.EVERYTHING, "x".repeat(501)));
        assertThat(rejected.code()).isEqualTo("malformed");
        assertThat(rejected.reason()).contains("reason has 501 characters");
    }

    @Test
    void the_operator_pauses_a_part_for_everybody() {
        UUID user = policy.trustingUser();
        PauseScope notes = new PauseScope(PauseScope.Kind.DOMAIN, "notes");
        String before = policy.propose(user).text("decisionId");
        AutonomyPaused paused = (AutonomyPaused) policy.pauseEverybody(notes);
        assertThat(policy.admit(user, before).text("error")).isEqualTo("paused_by_operator");
        Scene.Reply elsewhere =
                policy.propose(user, Scene.action(UUID.randomUUID(), "").replace("\"notes\"", "\"lists\""));
        assertThat(elsewhere.text("verdict")).isEqualTo("auto_execute");
        policy.resumeEverybody(notes, paused.version());
        Scene.eventually().until(() -> state(before).equals("open"));
    }

    @Test
    void the_operators_reason_stands_before_the_users() {
        UUID user = policy.trustingUser();
        policy.pause(user);
        AutonomyPaused paused = (AutonomyPaused) policy.pauseEverybody(PauseScope.EVERYTHING);
        Scene.Reply both = policy.propose(user);
        policy.resumeEverybody(PauseScope.EVERYTHING, paused.version());
        assertThat(both.text("reason")).isEqualTo("paused_by_operator");
        assertThat(both.body()
                        .path("findings")
                        .valueStream()
                        .map(each -> each.path("code").asString("")))
                .containsExactly("paused_by_operator", "paused_by_user");
    }

    private String state(String decisionId) {
        return String.valueOf(
                policy.database.value("SELECT state FROM decision WHERE decision_id = '" + decisionId + "'"));
    }

    private static void assertRejected(Message answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        CommandRejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("not_allowed"));
    }
}
