package dev.lifeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand.ResolveUnreadable;
import dev.lifeline.events.AutonomyCommand.SetTrustTier;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.AutonomyEvent.CommandUnreadable;
import dev.lifeline.events.AutonomyEvent.UnreadableResolved;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Topics;
import dev.lifeline.events.TrustTier;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A brake that could not be read is a brake pulled: each way of not knowing. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailClosedTest {

    private RunningPolicy policy;

    @BeforeAll
    void start(Database database) {
        policy = new RunningPolicy(database, "--lifeline.policy.commands-within=5s");
    }

    @AfterAll
    void stop() {
        policy.close();
    }

    @Test
    void nothing_is_decided_or_admitted_while_the_database_is_away() {
        UUID user = policy.trustingUser();
        String id = policy.propose(user).text("decisionId");
        Backends.postgres().stop();
        try {
            assertThat(policy.admit(user, id).status()).isEqualTo(503);
            assertThat(policy.propose(user).status()).isEqualTo(503);
        } finally {
            Backends.postgres().start();
        }
        Scene.eventually().until(() -> policy.admit(user, id).status() == 200);
    }

    @Test
    void everything_needs_approval_and_no_approval_helps_while_a_pause_may_lie_unread() {
        UUID user = policy.trustingUser();
        String open = policy.propose(user).text("decisionId");
        Scene.Reply asked =
                policy.propose(user, Scene.action(UUID.randomUUID(), "").replace("note.write", "note.delete"));
        String approved = asked.text("decisionId");
        assertThat(policy.approve(user, asked.text("approvalId"), null)).isInstanceOf(ApprovalGranted.class);
        String meanwhile = Scene.action(UUID.randomUUID(), "");
        Backends.kafka().stop();
        try {
            Scene.eventually().until(() -> policy.propose(user).text("reason").equals("control_state_unknown"));
            assertThat(policy.propose(user, meanwhile).text("state")).isEqualTo("waiting");
            assertThat(policy.admit(user, open).text("error")).isEqualTo("control_state_unknown");
            assertThat(policy.admit(user, approved).text("error")).isEqualTo("control_state_unknown");
        } finally {
            Backends.kafka().start();
        }
        Scene.eventually().until(() -> policy.admit(user, open).status() == 200);
        Scene.eventually().until(() -> policy.admit(user, approved).status() == 200);
        Scene.Reply again = policy.propose(user, meanwhile);
        assertThat(again.text("verdict")).isEqualTo("auto_execute");
        assertThat(again.text("state")).isEqualTo("open");
        assertThat(again.body().has("approvalId")).isFalse();
    }

    @Test
    void a_users_unreadable_command_withholds_the_users_actions_until_the_operator_resolves_it() {
        UUID user = policy.trustingUser();
        UUID other = policy.trustingUser();
        String waiting = policy.propose(user).text("decisionId");
        send(Topics.partitionOf(user, Scene.PARTITIONS), user.toString(), "lifeline.pause-autonomy.v1", "{broken");
        Scene.eventually().until(() -> policy.propose(user).text("reason").equals("control_state_unknown"));
        assertThat(policy.admit(user, waiting).text("error")).isEqualTo("control_state_unknown");
        assertThat(policy.propose(other).text("verdict")).isEqualTo("auto_execute");
        CommandUnreadable unreadable = unreadable(user);
        assertThat(policy.command(resolve(unreadable, Scene.OPS, ActorRole.OPERATOR)))
                .isInstanceOf(UnreadableResolved.class);
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");
        assertThat(policy.admit(user, waiting).status()).isEqualTo(200);
        assertThat(policy.command(resolve(unreadable, Scene.OPS, ActorRole.OPERATOR)))
                .isInstanceOf(CommandRejected.class);
    }

    /** As after a start: nobody is told that the brake can be read again. */
    @Test
    void what_waits_since_the_brake_could_not_be_read_is_judged_again_by_itself() {
        UUID user = policy.trustingUser();
        send(Topics.partitionOf(user, Scene.PARTITIONS), user.toString(), "lifeline.pause-autonomy.v1", "{broken");
        Scene.eventually().until(() -> policy.propose(user).text("reason").equals("control_state_unknown"));
        String waiting = policy.propose(user).text("decisionId");
        policy.database.execute("DELETE FROM unreadable_command WHERE resolved_at IS NULL");
        assertThat(state(waiting)).isEqualTo("waiting");
        policy.database.execute("UPDATE decision SET reconsider_at = reconsider_at - interval '30 s'");
        Scene.eventually().until(() -> "open".equals(state(waiting)));
    }

    private @Nullable String state(String decisionId) {
        return policy.database.value("SELECT state FROM decision WHERE decision_id = '" + decisionId + "'");
    }

    @Test
    void an_approval_given_after_the_unreadable_command_counts() {
        UUID user = policy.trustingUser();
        send(Topics.partitionOf(user, Scene.PARTITIONS), user.toString(), "lifeline.pause-autonomy.v1", "{broken");
        Scene.eventually().until(() -> policy.propose(user).text("reason").equals("control_state_unknown"));
        Scene.Reply asked = policy.propose(user);
        assertThat(policy.approve(user, asked.text("approvalId"), null)).isInstanceOf(ApprovalGranted.class);
        assertThat(policy.admit(user, asked.text("decisionId")).status()).isEqualTo(200);
        policy.command(resolve(unreadable(user), Scene.OPS, ActorRole.OPERATOR));
    }

    /** As of a release that has been rolled back: it may have been another way to pull the brake. */
    @Test
    void a_command_of_a_type_that_is_not_known_counts_as_unreadable() {
        UUID user = policy.trustingUser();
        send(Topics.partitionOf(user, Scene.PARTITIONS), user.toString(), "lifeline.halt.v9", "{}");
        Scene.eventually().until(() -> policy.propose(user).text("reason").equals("control_state_unknown"));
        policy.command(resolve(unreadable(user), Scene.OPS, ActorRole.OPERATOR));
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");
    }

    @Test
    void an_unreadable_command_without_a_key_withholds_the_actions_of_its_partition() {
        UUID user = policy.trustingUser();
        int own = Topics.partitionOf(user, Scene.PARTITIONS);
        send(own, null, "lifeline.pause-autonomy.v1", "{broken");
        Scene.eventually().until(() -> policy.propose(user).text("reason").equals("control_state_unknown"));
        CommandUnreadable unreadable = unreadable(null);
        assertThat(unreadable.source().partition()).isEqualTo(own);
        policy.command(resolve(unreadable, Scene.OPS, ActorRole.OPERATOR));
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "1-1-1-1-1"})
    void an_unreadable_command_whose_key_names_nobody_withholds_them_too(String key) {
        UUID user = policy.trustingUser();
        send(Topics.partitionOf(user, Scene.PARTITIONS), key, "lifeline.pause-autonomy.v1", "{broken");
        Scene.eventually().until(() -> policy.propose(user).text("reason").equals("control_state_unknown"));
        policy.command(resolve(unreadable(null), Scene.OPS, ActorRole.OPERATOR));
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");
    }

    @Test
    void a_level_of_trust_of_a_later_release_denies_and_can_be_paused_and_set_anew() {
        UUID user = policy.trustingUser();
        policy.database.execute("UPDATE autonomy SET trust_tier = 'emperor',"
                + " settings = replace(settings, 'high_autonomy', 'emperor') WHERE user_id = '" + user + "'");
        assertThat(policy.propose(user).text("reason")).isEqualTo("trust_tier_unknown");
        AutonomyPaused paused = (AutonomyPaused) policy.pause(user);
        policy.resume(user, paused.version());
        assertThat(policy.propose(user).text("reason")).isEqualTo("trust_tier_unknown");

        policy.command(new SetTrustTier(user, UUID.randomUUID(), user, ActorRole.USER, TrustTier.HIGH_AUTONOMY));
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");
    }

    @Test
    void an_unreadable_command_of_the_operators_withholds_everybodys_actions() {
        UUID user = policy.trustingUser();
        send(Topics.partitionOf(Operator.ID, Scene.PARTITIONS), Operator.KEY, "lifeline.pause-autonomy.v1", "{broken");
        Scene.eventually().until(() -> policy.propose(user).text("reason").equals("control_state_unknown"));
        policy.command(resolve(unreadable(Operator.ID), Scene.OPS, ActorRole.OPERATOR));
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");
    }

    @Test
    void a_command_that_nobody_signed_for_is_unreadable() {
        UUID user = policy.trustingUser();
        send(
                Topics.partitionOf(user, Scene.PARTITIONS),
                user.toString(),
                "lifeline.resume-autonomy.v1",
                "{\"userId\": \"" + user + "\", \"commandId\": \"" + UUID.randomUUID() + "\"}");
        Scene.eventually().until(() -> policy.propose(user).text("reason").equals("control_state_unknown"));
        policy.command(resolve(unreadable(user), Scene.OPS, ActorRole.OPERATOR));
    }

    @Test
    void the_environments_lever_withholds_everything_and_no_command_lifts_it() {
        UUID user = policy.trustingUser();
        policy.restart("--lifeline.policy.auto-execute-disabled=true", "--lifeline.policy.instance-within=2s");
        try {
            Scene.eventually()
                    .untilAsserted(() -> assertThat(policy.heard(Operator.ID, AutonomyPaused.class))
                            .anyMatch(event -> event.scope().equals(PauseScope.ENVIRONMENT)));
            assertThat(policy.resumeEverybody(PauseScope.ENVIRONMENT, 1)).isInstanceOf(CommandRejected.class);
            Scene.Reply paused = policy.propose(user);
            assertThat(paused.text("reason")).isEqualTo("paused_by_operator");
            assertThat(paused.body().path("findings").path(0).path("detail").asString(""))
                    .isEqualTo("environment");
        } finally {
            policy.restart("--lifeline.policy.instance-within=2s");
        }
        Scene.eventually()
                .untilAsserted(() -> assertThat(policy.heard(Operator.ID, AutonomyResumed.class))
                        .anyMatch(event -> event.scope().equals(PauseScope.ENVIRONMENT)));
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");
    }

    /** People are shown what any instance withholds; each judges by its own environment. */
    @Test
    void a_lever_that_one_of_several_instances_has_is_shown_until_none_has_it() {
        UUID user = policy.trustingUser();
        int paused = leverEvents(AutonomyPaused.class, AutonomyPaused::scope);
        int resumed = leverEvents(AutonomyResumed.class, AutonomyResumed::scope);
        policy.database.execute("INSERT INTO instance VALUES ('old', true, now() + interval '1 hour')");
        Scene.eventually()
                .untilAsserted(() -> assertThat(leverEvents(AutonomyPaused.class, AutonomyPaused::scope))
                        .isEqualTo(paused + 1));
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");

        policy.database.execute(
                "INSERT INTO instance VALUES ('new', true, now() + interval '1 hour')",
                "UPDATE instance SET heard_at = now() - interval '1 hour' WHERE instance_id = 'old'");
        String replaced = policy.database.value("SELECT clock_timestamp() + interval '500 milliseconds'");
        Scene.eventually()
                .untilAsserted(() -> assertThat(policy.database.value(
                                "SELECT min(caught_up_at) > '" + replaced + "' FROM projection_offset"))
                        .isEqualTo("t"));
        assertThat(leverEvents(AutonomyResumed.class, AutonomyResumed::scope)).isEqualTo(resumed);

        policy.database.execute("UPDATE instance SET auto_execute_disabled = false WHERE instance_id = 'new'");
        Scene.eventually()
                .untilAsserted(() -> assertThat(leverEvents(AutonomyResumed.class, AutonomyResumed::scope))
                        .isEqualTo(resumed + 1));
        assertThat(leverEvents(AutonomyPaused.class, AutonomyPaused::scope)).isEqualTo(paused + 1);
    }

    private <E extends AutonomyEvent> int leverEvents(Class<E> type, Function<E, PauseScope> scope) {
        return (int) policy.heard(Operator.ID, type).stream()
                .filter(event -> scope.apply(event).equals(PauseScope.ENVIRONMENT))
                .count();
    }

    private ResolveUnreadable resolve(CommandUnreadable unreadable, UUID actor, ActorRole role) {
        return new ResolveUnreadable(Operator.ID, UUID.randomUUID(), actor, role, unreadable.source());
    }

    private CommandUnreadable unreadable(@Nullable UUID concerns) {
        List<CommandUnreadable> heard = new java.util.ArrayList<>();
        Scene.eventually().until(() -> {
            heard.addAll(policy.heard(Operator.ID, CommandUnreadable.class).stream()
                    .filter(event -> java.util.Objects.equals(event.concerns(), concerns))
                    .toList());
            return !heard.isEmpty();
        });
        return heard.getLast();
    }

    private static void send(int partition, @Nullable String key, String type, String value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Backends.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    Topics.AUTONOMY_COMMANDS.name(),
                    partition,
                    key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                    value.getBytes(StandardCharsets.UTF_8));
            record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
