package dev.lifeline.policy.brake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Action;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.Circumstances;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.Verdict;
import dev.lifeline.policy.domain.Given;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker sees what is wrong, and only that. */
class HistoryTest {

    private static final UUID USER = new UUID(1, 1);
    private static final UUID ID = new UUID(2, 2);
    private static final UUID APPROVAL = new UUID(3, 3);
    private static final Instant NOW = Given.NOON;
    private static final PauseScope ALL = PauseScope.EVERYTHING;

    private static ActionDecided decided(Ruling ruling, long sequence) {
        Action action = Given.action();
        return new ActionDecided(
                USER,
                ID,
                action,
                "hash",
                new Verdict(ruling, null, null, List.of()),
                new Circumstances(NOW, Given.settings(), List.of(), List.of(), null, null, 0, "1"),
                1,
                NOW,
                sequence);
    }

    private static ActionAdmitted admitted(@Nullable UUID approvalId, long sequence) {
        return new ActionAdmitted(USER, ID, approvalId, "agent", 0, NOW, sequence);
    }

    private static AutonomyPaused paused(UUID whose, PauseScope scope, long sequence) {
        return new AutonomyPaused(whose, null, scope, whose, null, NOW, 1, sequence);
    }

    private static AutonomyResumed resumed(UUID whose, PauseScope scope, long sequence) {
        return new AutonomyResumed(whose, null, scope, whose, NOW, 1, sequence);
    }

    private static void assertHolds(Message... events) {
        assertThat(new History(List.of(events), Set.of(), Set.of()).violations())
                .isEmpty();
    }

    private static void assertBroken(String rule, Message... events) {
        assertThat(new History(List.of(events), Set.of(), Set.of()).violations())
                .singleElement()
                .asString()
                .endsWith(rule);
    }

    @Test
    void what_is_admitted_before_a_pause_or_after_its_resume_is_right() {
        assertHolds(decided(Ruling.AUTO_EXECUTE, 1), admitted(null, 2), paused(USER, ALL, 3), resumed(USER, ALL, 4));
        assertHolds(paused(USER, ALL, 1), resumed(USER, ALL, 2), decided(Ruling.AUTO_EXECUTE, 3), admitted(null, 4));
    }

    @Test
    void what_is_admitted_in_between_is_not() {
        assertBroken(
                History.ADMITTED_WHILE_PAUSED,
                decided(Ruling.AUTO_EXECUTE, 1),
                paused(USER, ALL, 2),
                admitted(null, 3),
                resumed(USER, ALL, 4));
        assertBroken(
                History.ADMITTED_WHILE_PAUSED,
                decided(Ruling.AUTO_EXECUTE, 1),
                paused(Operator.ID, ALL, 2),
                admitted(null, 3));
        PauseScope mail = new PauseScope(PauseScope.Kind.DOMAIN, "email");
        assertBroken(
                History.ADMITTED_WHILE_PAUSED,
                decided(Ruling.AUTO_EXECUTE, 1),
                paused(Operator.ID, mail, 2),
                admitted(null, 3));
    }

    @Test
    void the_resume_of_another_pause_ends_nothing() {
        AutonomyResumed other = new AutonomyResumed(USER, null, ALL, USER, NOW, 0, 3);
        assertBroken(
                History.ADMITTED_WHILE_PAUSED,
                decided(Ruling.AUTO_EXECUTE, 1),
                paused(USER, ALL, 2),
                other,
                admitted(null, 4));
    }

    @Test
    void a_pause_of_something_else_or_of_somebody_else_is_none() {
        PauseScope other = new PauseScope(PauseScope.Kind.DOMAIN, "calendar");
        assertHolds(decided(Ruling.AUTO_EXECUTE, 1), paused(Operator.ID, other, 2), admitted(null, 3));
        assertHolds(decided(Ruling.AUTO_EXECUTE, 1), paused(new UUID(9, 9), ALL, 2), admitted(null, 3));
    }

    @Test
    void what_a_person_approved_since_may_be_admitted_and_what_before_may_not() {
        ApprovalRequested asked =
                new ApprovalRequested(USER, ID, APPROVAL, "hash", ConfirmationLevel.SINGLE, null, NOW, NOW, 2);
        ApprovalGranted before = new ApprovalGranted(USER, ID, APPROVAL, ID, USER, NOW, 3);
        ApprovalGranted since = new ApprovalGranted(USER, ID, APPROVAL, ID, USER, NOW, 5);
        AutonomyPaused pause = paused(USER, ALL, 4);
        assertHolds(decided(Ruling.REQUIRE_APPROVAL, 1), asked, pause, since, admitted(APPROVAL, 6));
        assertBroken(
                History.ADMITTED_WHILE_PAUSED,
                decided(Ruling.REQUIRE_APPROVAL, 1),
                asked,
                before,
                pause,
                admitted(APPROVAL, 6));
    }

    @Test
    void twice_is_once_too_often_and_a_repeat_of_the_same_is_not_twice() {
        assertHolds(decided(Ruling.AUTO_EXECUTE, 1), admitted(null, 2), admitted(null, 2));
        assertBroken(History.ADMITTED_TWICE, decided(Ruling.AUTO_EXECUTE, 1), admitted(null, 2), admitted(null, 3));
    }

    @Test
    void what_was_not_decided_before_is_not_admitted() {
        assertBroken(History.ADMITTED_WITHOUT_DECISION, admitted(null, 2));
        assertBroken(History.ADMITTED_WITHOUT_DECISION, decided(Ruling.AUTO_EXECUTE, 3), admitted(null, 2));
    }

    @Test
    void who_is_to_approve_is_asked() {
        assertBroken(History.NOT_ASKED, decided(Ruling.REQUIRE_APPROVAL, 1));
    }

    @Test
    void who_is_to_approve_is_asked_too_when_it_was_judged_again() {
        ActionDecided first = decided(Ruling.AUTO_EXECUTE, 1);
        ActionDecided again = decided(Ruling.REQUIRE_APPROVAL, 2);
        ApprovalRequested asked =
                new ApprovalRequested(USER, ID, APPROVAL, "hash", ConfirmationLevel.SINGLE, null, NOW, NOW, 3);
        assertBroken(History.NOT_ASKED, first, again);
        assertHolds(first, again, asked);
        assertHolds(first, again, asked, decided(Ruling.REQUIRE_APPROVAL, 4));
        ApprovalWithdrawn withdrawn = new ApprovalWithdrawn(USER, ID, APPROVAL, "no_longer_needed", 4);
        assertBroken(
                History.NOT_ASKED,
                first,
                again,
                asked,
                withdrawn,
                decided(Ruling.AUTO_EXECUTE, 5),
                decided(Ruling.REQUIRE_APPROVAL, 6));
        assertBroken(History.NOT_ASKED, first, again, decided(Ruling.REQUIRE_APPROVAL, 3), asked);
    }

    @Test
    void what_agents_were_told_was_published() {
        assertThat(new History(List.of(), Set.of(ID), Set.of()).violations())
                .singleElement()
                .asString()
                .endsWith(History.NOT_DECIDED);
        assertThat(new History(List.of(decided(Ruling.AUTO_EXECUTE, 1)), Set.of(ID), Set.of(ID)).violations())
                .singleElement()
                .asString()
                .endsWith(History.ADMISSION_NOT_PUBLISHED);
    }
}
