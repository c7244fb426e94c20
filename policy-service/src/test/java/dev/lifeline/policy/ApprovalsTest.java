package dev.lifeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent.ActionExpired;
import dev.lifeline.events.ActionEvent.ApprovalExpired;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRejected;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.ActionEvent.ConfirmationRequired;
import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand.ApproveAction;
import dev.lifeline.events.AutonomyCommand.PutPolicy;
import dev.lifeline.events.AutonomyCommand.RemovePolicy;
import dev.lifeline.events.AutonomyCommand.SetTrustTier;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.AutonomyEvent.PolicyRemoved;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Message;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.TrustTier;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person is asked, and what the answers lead to. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApprovalsTest {

    private RunningPolicy policy;

    @BeforeAll
    void start(Database database) {
        policy = new RunningPolicy(database);
    }

    @AfterAll
    void stop() {
        policy.close();
    }

    private static String dangerous() {
        return Scene.action(UUID.randomUUID(), "").replace("hello", "please rm -rf /");
    }

    private static String destructive() {
        return Scene.action(UUID.randomUUID(), "").replace("note.write", "note.delete");
    }

    @Test
    void settings_that_were_changed_since_they_were_looked_at_are_not_overwritten() {
        UUID user = policy.trustingUser();
        AutonomySettings looked = Scene.settings(TrustTier.HIGH_AUTONOMY);
        policy.command(new SetTrustTier(user, UUID.randomUUID(), user, ActorRole.USER, TrustTier.OBSERVER));

        assertThat(policy.command(
                        new UpdateAutonomySettings(user, UUID.randomUUID(), user, ActorRole.USER, looked, 1L)))
                .isInstanceOfSatisfying(
                        CommandRejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("settings_changed"));
        assertThat(policy.command(
                        new UpdateAutonomySettings(user, UUID.randomUUID(), user, ActorRole.USER, looked, 2L)))
                .isInstanceOfSatisfying(AutonomySettingsUpdated.class, updated -> {
                    assertThat(updated.settings()).isEqualTo(looked);
                    assertThat(updated.before()).isEqualTo(looked.with(TrustTier.OBSERVER));
                });
    }

    @Test
    void what_was_approved_is_admitted_once() {
        UUID user = policy.trustingUser();
        Scene.Reply asked = policy.propose(user, destructive());
        assertThat(asked.text("confirmationLevel")).isEqualTo("single");
        assertThat(policy.admit(user, asked.text("decisionId")).text("error")).isEqualTo("destructive_action");
        assertThat(policy.approve(user, asked.text("approvalId"), null)).isInstanceOf(ApprovalGranted.class);
        assertThat(policy.admit(user, asked.text("decisionId")).status()).isEqualTo(200);
        assertThat(policy.approve(user, asked.text("approvalId"), null)).isInstanceOf(ApprovalGranted.class);
    }

    @ParameterizedTest
    @CsvSource({"immediate, 15", "normal, 1440", "low, 4320"})
    void urgency_says_for_how_many_minutes_it_waits(String urgency, long minutes) {
        Instant before = Instant.now();
        Scene.Reply asked = policy.propose(
                policy.trustingUser(),
                Scene.action(UUID.randomUUID(), "")
                        .replace("note.write", "note.delete")
                        .replace("\"urgency\": \"normal\"", "\"urgency\": \"" + urgency + "\""));
        assertThat(asked.text("verdict")).isEqualTo("require_approval");
        assertThat(Instant.parse(asked.text("expiresAt")).minus(Duration.ofMinutes(minutes)))
                .isBetween(before.minusSeconds(1), Instant.now());
    }

    @Test
    void approving_twice_is_approving_once() {
        UUID user = policy.trustingUser();
        String approval = policy.propose(user, destructive()).text("approvalId");
        ApprovalGranted first = (ApprovalGranted) policy.approve(user, approval, null);
        ApprovalGranted second = (ApprovalGranted) policy.approve(user, approval, null);
        assertThat(second.sequence()).isEqualTo(first.sequence());
        assertThat(second.grantedAt()).isEqualTo(first.grantedAt());
    }

    @Test
    void what_is_dangerous_takes_two_confirmations_with_a_moment_between() {
        UUID user = policy.trustingUser();
        Scene.Reply asked = policy.propose(user, dangerous());
        String approval = asked.text("approvalId");
        assertThat(asked.text("confirmationLevel")).isEqualTo("dual");
        ApproveAction yes = approve(user, approval, null);
        ApproveAction hasty = approve(user, approval, yes.commandId());
        policy.publish(yes);
        assertRejected(policy.command(hasty), "too_soon");
        ConfirmationRequired first = (ConfirmationRequired) policy.answer(user, yes.commandId());
        assertThat(first.confirmationToken()).isEqualTo(yes.commandId());
        assertThat(policy.admit(user, asked.text("decisionId")).status()).isEqualTo(409);
        assertRejected(policy.approve(user, approval, UUID.randomUUID()), "wrong_token");
        ConfirmationRequired again = (ConfirmationRequired) policy.approve(user, approval, null);
        assertThat(again.confirmationToken()).isEqualTo(first.confirmationToken());
        assertThat(again.notBefore()).isEqualTo(first.notBefore());
        Scene.eventually().until(() -> Instant.now().isAfter(first.notBefore().plusMillis(50)));
        assertThat(policy.approve(user, approval, first.confirmationToken())).isInstanceOf(ApprovalGranted.class);
        assertThat(policy.admit(user, asked.text("decisionId")).status()).isEqualTo(200);
    }

    @Test
    void what_was_rejected_is_neither_approved_nor_admitted() {
        UUID user = policy.trustingUser();
        Scene.Reply asked = policy.propose(user, destructive());
        ApprovalRejected first = (ApprovalRejected) policy.reject(user, asked.text("approvalId"));
        ApprovalRejected second = (ApprovalRejected) policy.reject(user, asked.text("approvalId"));
        assertThat(second.sequence()).isEqualTo(first.sequence());
        assertThat(second.rejectedAt()).isEqualTo(first.rejectedAt());
        assertRejected(policy.approve(user, asked.text("approvalId"), null), "rejected");
        assertThat(policy.admit(user, asked.text("decisionId")).text("error")).isEqualTo("rejected");
    }

    @Test
    void what_nobody_answered_in_time_expires_and_is_told() {
        UUID user = policy.trustingUser();
        Scene.Reply asked = policy.propose(user, destructive());
        Scene.Reply open = policy.propose(user);
        makeExpire(asked);
        makeExpire(open);
        Scene.eventually().untilAsserted(() -> {
            assertThat(policy.heard(user, ApprovalExpired.class)).hasSize(1);
            assertThat(policy.heard(user, ActionExpired.class)).hasSize(1);
        });
        assertRejected(policy.approve(user, asked.text("approvalId"), null), "expired");
        assertThat(policy.admit(user, asked.text("decisionId")).text("error")).isEqualTo("expired");
        assertThat(policy.admit(user, open.text("decisionId")).text("error")).isEqualTo("expired");
    }

    @Test
    void an_approval_is_for_what_was_shown() {
        UUID user = policy.trustingUser();
        UUID approval = UUID.fromString(policy.propose(user, destructive()).text("approvalId"));
        assertRejected(
                policy.command(
                        new ApproveAction(user, UUID.randomUUID(), user, ActorRole.USER, approval, "another", null)),
                "changed");
    }

    @Test
    void an_approval_is_for_its_user_alone() {
        UUID user = policy.trustingUser();
        String approval = policy.propose(user, destructive()).text("approvalId");
        UUID stranger = policy.trustingUser();
        assertRejected(policy.approve(stranger, approval, null), "unknown");
        assertRejected(policy.reject(stranger, approval), "unknown");
    }

    @Test
    void a_pause_voids_approvals_given_before_it_and_not_those_given_after() {
        UUID user = policy.trustingUser();
        Scene.Reply asked = policy.propose(user, destructive());
        policy.approve(user, asked.text("approvalId"), null);
        AutonomyPaused paused = (AutonomyPaused) policy.pause(user);
        assertThat(policy.admit(user, asked.text("decisionId")).text("error")).isEqualTo("paused_by_user");
        Scene.eventually()
                .untilAsserted(() -> assertThat(policy.heard(user, ApprovalWithdrawn.class))
                        .extracting(ApprovalWithdrawn::reason)
                        .containsExactly("voided"));
        String anew = String.valueOf(policy.database.value(
                "SELECT approval_id FROM decision WHERE decision_id = '" + asked.text("decisionId") + "'"));
        assertThat(anew).isNotEqualTo(asked.text("approvalId"));
        assertThat(policy.approve(user, anew, null)).isInstanceOf(ApprovalGranted.class);
        assertThat(policy.admit(user, asked.text("decisionId")).status()).isEqualTo(200);
        assertThat(paused.version()).isEqualTo(1);
    }

    @Test
    void a_pause_voids_approvals_given_before_it_when_it_has_been_lifted_too() {
        UUID user = policy.trustingUser();
        Scene.Reply asked = policy.propose(user, destructive());
        policy.approve(user, asked.text("approvalId"), null);
        AutonomyPaused paused = (AutonomyPaused) policy.pause(user);
        policy.resume(user, paused.version());
        assertThat(policy.admit(user, asked.text("decisionId")).text("error")).isEqualTo("destructive_action");
    }

    /** A yes whose answer was lost, and a pause in between: the second counts, and not the first alone. */
    @Test
    void approving_once_more_after_a_pause_is_a_yes_of_its_own() {
        UUID user = policy.trustingUser();
        Scene.Reply asked = policy.propose(user, destructive());
        policy.approve(user, asked.text("approvalId"), null);
        policy.pause(user);

        assertThat(policy.approve(user, asked.text("approvalId"), null)).isInstanceOf(ApprovalGranted.class);
        assertThat(policy.admit(user, asked.text("decisionId")).status()).isEqualTo(200);
    }

    /** The operator's commands and a user's are read in no order: a yes may be read long after a later pause. */
    @Test
    void a_pause_of_the_operators_voids_approvals_given_before_it_and_read_after_it() {
        UUID user = policy.trustingUser();
        PauseScope notes = new PauseScope(PauseScope.Kind.DOMAIN, "notes");
        String approval = policy.propose(user, destructive()).text("approvalId");
        AutonomyPaused paused = (AutonomyPaused) policy.pauseEverybody(notes);
        try {
            policy.database.execute("UPDATE operator_pause SET paused_at = now() + interval '1 hour' WHERE paused");
            assertRejected(policy.approve(user, approval, null), "paused_meanwhile");
            policy.database.execute("UPDATE operator_pause SET paused_at = now() - interval '1 hour' WHERE paused");
            assertThat(policy.approve(user, approval, null)).isInstanceOf(ApprovalGranted.class);
        } finally {
            policy.resumeEverybody(notes, paused.version());
        }
    }

    @Test
    void a_no_counts_as_long_as_nothing_has_been_done() {
        UUID user = policy.trustingUser();
        AutonomyPaused paused = (AutonomyPaused) policy.pause(user);
        Scene.Reply asked = policy.propose(user);
        policy.resume(user, paused.version());
        Scene.eventually().until(() -> "open".equals(state(asked)));

        assertThat(policy.reject(user, asked.text("approvalId"))).isInstanceOf(ApprovalRejected.class);
        assertThat(policy.admit(user, asked.text("decisionId")).text("error")).isEqualTo("rejected");
    }

    private @Nullable String state(Scene.Reply decision) {
        return policy.database.value(
                "SELECT state FROM decision WHERE decision_id = '" + decision.text("decisionId") + "'");
    }

    @Test
    void what_has_become_denied_is_not_approved() {
        UUID user = policy.trustingUser();
        Scene.Reply asked = policy.propose(user, destructive());
        Policy deny = policy(new Policy.Rule("domain", "eq", "notes", "deny", "no notes"));
        assertThat(policy.command(new PutPolicy(user, UUID.randomUUID(), user, ActorRole.USER, deny, null)))
                .isInstanceOf(PolicyChanged.class);
        assertRejected(policy.approve(user, asked.text("approvalId"), null), "denied");
        assertThat(policy.admit(user, asked.text("decisionId")).text("error")).isEqualTo("policy_rule");
        assertThat(policy.admit(user, asked.text("decisionId")).text("state")).isEqualTo("denied");
        assertThat(policy.command(new RemovePolicy(user, UUID.randomUUID(), user, ActorRole.USER, deny.policyId())))
                .isInstanceOfSatisfying(
                        PolicyRemoved.class,
                        removed -> assertThat(removed.name()).isEqualTo(deny.name()));
        assertThat(policy.propose(user).text("verdict")).isEqualTo("auto_execute");
    }

    @Test
    void what_has_become_denied_after_it_was_approved_is_not_approved_once_more() {
        UUID user = policy.trustingUser();
        Scene.Reply asked = policy.propose(user, destructive());
        policy.approve(user, asked.text("approvalId"), null);
        Policy deny = policy(new Policy.Rule("domain", "eq", "Notes", "deny", "no notes"));
        assertThat(policy.command(new PutPolicy(user, UUID.randomUUID(), user, ActorRole.USER, deny, null)))
                .isInstanceOf(PolicyChanged.class);
        assertThat(policy.admit(user, asked.text("decisionId")).text("error")).isEqualTo("policy_rule");
        assertThat(policy.admit(user, asked.text("decisionId")).text("state")).isEqualTo("denied");

        assertRejected(policy.approve(user, asked.text("approvalId"), null), "denied");
    }

    @Test
    void a_policy_that_can_not_be_meant_is_refused_with_the_remedy() {
        UUID user = policy.trustingUser();
        CommandRejected unknown = (CommandRejected) policy.command(new PutPolicy(
                user,
                UUID.randomUUID(),
                user,
                ActorRole.USER,
                policy(new Policy.Rule("colour", "eq", "red", "deny", "")),
                null));
        assertThat(unknown.reason()).contains("rules[0].field 'colour' is not known; it may be one of");
        List<Policy.Rule> many = Collections.nCopies(10_000, new Policy.Rule("domain", "eq", "a", "deny", ""));
        CommandRejected large = (CommandRejected) policy.command(new PutPolicy(
                user,
                UUID.randomUUID(),
                user,
                ActorRole.USER,
                new Policy(UUID.randomUUID(), "Many", "", 1, true, many),
                null));
        assertThat(large.reason()).contains("rules are 10000");
    }

    @Test
    void a_policy_that_was_written_or_removed_since_it_was_looked_at_is_not_overwritten() {
        UUID user = policy.trustingUser();
        Policy mine = policy(new Policy.Rule("domain", "eq", "notes", "deny", "no notes"));
        long first = written(put(user, mine, null));
        long second = written(put(user, mine, first));

        assertRejected(put(user, mine, first), "policy_changed");
        assertThat(written(put(user, mine, second))).isGreaterThan(second);
        long last = written(put(user, mine, null));
        policy.command(new RemovePolicy(user, UUID.randomUUID(), user, ActorRole.USER, mine.policyId()));
        assertRejected(put(user, mine, last), "policy_changed");
    }

    private Message put(UUID user, Policy written, @Nullable Long version) {
        return policy.command(new PutPolicy(user, UUID.randomUUID(), user, ActorRole.USER, written, version));
    }

    private static long written(Message answer) {
        return ((PolicyChanged) answer).version();
    }

    @Test
    void demoting_to_observer_asks_about_everything() {
        UUID user = policy.trustingUser();
        assertThat(policy.command(new SetTrustTier(user, UUID.randomUUID(), user, ActorRole.USER, TrustTier.OBSERVER)))
                .isInstanceOfSatisfying(TrustTierChanged.class, changed -> {
                    assertThat(changed.from()).isEqualTo(TrustTier.HIGH_AUTONOMY);
                    assertThat(changed.to()).isEqualTo(TrustTier.OBSERVER);
                });
        assertThat(policy.propose(user).text("reason")).isEqualTo("trust_tier");
        assertThat(policy.heard(user, ApprovalRequested.class)).hasSizeLessThanOrEqualTo(1);
    }

    private static ApproveAction approve(UUID user, String approval, @Nullable UUID token) {
        return new ApproveAction(user, UUID.randomUUID(), user, ActorRole.USER, UUID.fromString(approval), null, token);
    }

    private static Policy policy(Policy.Rule rule) {
        return new Policy(UUID.randomUUID(), "Mine", "", 1, true, List.of(rule));
    }

    private void makeExpire(Scene.Reply decision) {
        policy.database.execute("UPDATE decision SET expires_at = now() - interval '1 second' WHERE decision_id = '"
                + decision.text("decisionId") + "'");
    }

    private static void assertRejected(Message answer, String code) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        CommandRejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(code));
    }
}
