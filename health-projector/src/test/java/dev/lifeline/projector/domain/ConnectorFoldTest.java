package dev.lifeline.projector.domain;

import static dev.lifeline.projector.domain.History.GRACE;
import static dev.lifeline.projector.domain.History.INTERVAL;
import static dev.lifeline.projector.domain.History.connected;
import static dev.lifeline.projector.domain.History.disabled;
import static dev.lifeline.projector.domain.History.enabled;
import static dev.lifeline.projector.domain.History.pollFailed;
import static dev.lifeline.projector.domain.History.polled;
import static dev.lifeline.projector.domain.History.reauthorized;
import static dev.lifeline.projector.domain.History.refreshFailed;
import static dev.lifeline.projector.domain.History.removed;
import static dev.lifeline.projector.domain.History.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorEvent.ConnectorCommandRejected;
import dev.lifeline.events.FailureClass;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConnectorFoldTest {

    private static final UUID COMMAND = UUID.fromString("cccccccc-0000-4000-8000-000000000001");

    private final History history = new History();

    @Nested
    class A_new_connector {

        @Test
        void is_ok_with_no_last_success() {
            var gmail = history.fact(connected("gmail", 1, 1)).connector("gmail");
            assertThat(gmail.condition()).isEqualTo(Condition.OK);
            assertThat(gmail.lastSuccessAt()).isNull();
            assertThat(gmail.lastFailureAt()).isNull();
            assertThat(gmail.dueBy()).isEqualTo(History.START.plus(GRACE));
            assertThat(gmail.changedAt()).isEqualTo(History.START);
            assertThat(gmail.version()).isEqualTo(1);
            assertThat(history.told()).singleElement().satisfies(change -> {
                assertThat(change.kind()).isEqualTo(Kind.CONNECTED);
                assertThat(change.published()).isTrue();
            });
        }

        @Test
        void is_made_by_nothing_but_consent() {
            history.fact(polled("gmail", 1, 2))
                    .fact(refreshFailed("gmail", 1, 3, FailureClass.REAUTH, "invalid_grant"))
                    .fact(disabled("gmail", 1, 4, null))
                    .fact(removed("gmail", 1, 5, null))
                    .fact(revoked(1));
            assertThat(history.connectors()).isEqualTo(Connectors.NONE);
            assertThat(history.last().ignored()).isEqualTo(Ignored.NO_CONNECTOR);
            assertThat(history.fact(reauthorized("gmail", 1, 6))
                            .connector("gmail")
                            .condition())
                    .isEqualTo(Condition.OK);
        }

        @Test
        void on_a_dead_grant_starts_dead() {
            history.fact(connected("gmail", 1, 1))
                    .fact(refreshFailed("gmail", 1, 2, FailureClass.REAUTH, "invalid_grant"))
                    .fact(connected("google-calendar", 1, 1));
            var calendar = history.connector("google-calendar");
            assertThat(calendar.verdict())
                    .isEqualTo(new Verdict(Condition.NEEDS_REAUTH, FailureClass.REAUTH, "invalid_grant"));
            assertThat(calendar.dueBy()).isNull();
            assertThat(calendar.version()).isEqualTo(1);
        }

        @Test
        void on_a_grant_whose_death_only_a_disabled_connector_remembers_starts_dead() {
            history.fact(connected("gmail", 1, 1))
                    .fact(disabled("gmail", 1, 2, null))
                    .fact(revoked(1))
                    .fact(connected("google-calendar", 1, 1));
            assertThat(history.connector("google-calendar").condition()).isEqualTo(Condition.NEEDS_REAUTH);
        }

        @Test
        void starts_well_where_another_lacks_only_its_scope() {
            history.fact(connected("gmail", 1, 1))
                    .fact(pollFailed("gmail", 1, 2, FailureClass.REAUTH, "insufficient_scope"))
                    .fact(connected("google-calendar", 1, 1));
            assertThat(history.connector("google-calendar").condition()).isEqualTo(Condition.OK);
        }

        @Test
        void starts_well_where_the_grant_died_in_a_lower_generation() {
            history.fact(connected("gmail", 1, 1))
                    .fact(refreshFailed("gmail", 1, 2, FailureClass.REAUTH, "invalid_grant"))
                    .fact(connected("google-calendar", 2, 1));
            assertThat(history.connector("google-calendar").condition()).isEqualTo(Condition.OK);
        }
    }

    @Nested
    class The_death_of_a_grant {

        @Test
        void strikes_every_connector_on_it_and_leaves_their_attempts() {
            history.fact(connected("gmail", 1, 1))
                    .fact(connected("google-calendar", 1, 7))
                    .fact(refreshFailed("gmail", 1, 2, FailureClass.REAUTH, "invalid_grant"));
            assertThat(history.connectors().all())
                    .allSatisfy(connector -> assertThat(connector.condition()).isEqualTo(Condition.NEEDS_REAUTH));
            assertThat(history.connector("gmail").attempt()).isEqualTo(2);
            assertThat(history.connector("google-calendar").attempt()).isEqualTo(7);
            assertThat(history.last().changes()).extracting(Change::ordinal).containsExactly(0, 1);
            assertThat(history.last().changes()).allMatch(Change::published);
        }

        @Test
        void is_told_once_by_the_connector_that_it_names() {
            history.fact(connected("gmail", 1, 1))
                    .fact(connected("google-calendar", 1, 1))
                    .fact(refreshFailed("gmail", 1, 2, FailureClass.REAUTH, "invalid_grant"));
            var once = history.connectors();
            history.fact(refreshFailed("gmail", 1, 2, FailureClass.REAUTH, "invalid_grant"));
            assertThat(history.connectors()).isEqualTo(once);
            assertThat(history.last().ignored()).isEqualTo(Ignored.ATTEMPT_NOT_ABOVE);
        }

        @Test
        void raises_the_generation_of_siblings_so_that_a_late_announcement_revives_none() {
            history.fact(connected("gmail", 1, 1))
                    .fact(connected("google-calendar", 1, 1))
                    .fact(reauthorized("gmail", 2, 2))
                    .fact(refreshFailed("gmail", 2, 3, FailureClass.REAUTH, "invalid_grant"))
                    .fact(reauthorized("google-calendar", 2, 2));
            var calendar = history.connector("google-calendar");
            assertThat(calendar.condition()).isEqualTo(Condition.NEEDS_REAUTH);
            assertThat(calendar.grant().generation()).isEqualTo(2);
            assertThat(calendar.attempt()).isEqualTo(2);
        }

        @Test
        void of_an_older_consent_changes_nothing() {
            history.fact(connected("gmail", 1, 1)).fact(reauthorized("gmail", 2, 2));
            var before = history.connectors();
            assertThat(history.fact(revoked(1)).connectors()).isEqualTo(before);
            assertThat(history.last().ignored()).isEqualTo(Ignored.LOWER_GENERATION);
        }

        @Test
        void does_not_touch_another_grant_or_a_removed_connector() {
            history.fact(connected("gmail", 1, 1)).fact(connected("google-calendar", 1, 1));
            history.fact(removed("google-calendar", 1, 2, null));
            var removed = history.connector("google-calendar");
            history.fact(revoked(1));
            assertThat(history.connector("google-calendar")).isEqualTo(removed);
            assertThat(history.connector("gmail").condition()).isEqualTo(Condition.NEEDS_REAUTH);
        }

        @Test
        void by_an_admin_strikes_every_connector_too() {
            history.fact(connected("gmail", 1, 1))
                    .fact(connected("google-calendar", 1, 1))
                    .fact(refreshFailed("gmail", 1, 2, FailureClass.ADMIN, "admin_policy"));
            assertThat(history.connector("google-calendar").condition()).isEqualTo(Condition.NEEDS_ADMIN);
        }
    }

    @Nested
    class What_concerns_one_connector {

        @Test
        void leaves_the_others_on_the_grant_alone() {
            history.fact(connected("gmail", 1, 1)).fact(connected("google-calendar", 1, 1));
            var calendar = history.connector("google-calendar");
            history.fact(refreshFailed("gmail", 1, 2, FailureClass.TRANSIENT, "http_503"))
                    .fact(pollFailed("gmail", 1, 3, FailureClass.REAUTH, "insufficient_scope"));
            assertThat(history.connector("google-calendar")).isEqualTo(calendar);
            assertThat(history.connector("gmail").condition()).isEqualTo(Condition.NEEDS_REAUTH);
        }
    }

    @Nested
    class A_late_event {

        @Test
        void of_a_poll_in_flight_does_not_turn_a_dead_connector_green() {
            history.fact(connected("gmail", 1, 1)).fact(revoked(1)).fact(polled("gmail", 1, 2));
            assertThat(history.connector("gmail").condition()).isEqualTo(Condition.NEEDS_REAUTH);
        }

        @Test
        void of_the_time_before_the_reconnect_does_not_turn_it_amber_again() {
            history.fact(connected("gmail", 1, 1))
                    .fact(reauthorized("gmail", 2, 3))
                    .fact(refreshFailed("gmail", 1, 2, FailureClass.REAUTH, "invalid_grant"));
            assertThat(history.connector("gmail").condition()).isEqualTo(Condition.OK);
            assertThat(history.last().ignored()).isEqualTo(Ignored.LOWER_GENERATION);
        }

        @Test
        void of_an_attempt_not_above_changes_nothing() {
            history.fact(connected("gmail", 1, 1)).fact(polled("gmail", 1, 5));
            var before = history.connectors();
            history.fact(pollFailed("gmail", 1, 5, FailureClass.TRANSIENT, "timeout"));
            assertThat(history.connectors()).isEqualTo(before);
            assertThat(history.last().ignored()).isEqualTo(Ignored.ATTEMPT_NOT_ABOVE);
        }
    }

    @Nested
    class A_removed_connector {

        @Test
        void is_hidden_and_forgotten_by_subscribers() {
            history.fact(connected("gmail", 1, 1)).fact(removed("gmail", 1, 2, COMMAND));
            assertThat(history.connector("gmail").removedAt()).isEqualTo(History.START.plusSeconds(1));
            assertThat(history.connector("gmail").dueBy()).isNull();
            assertThat(history.last().changes()).singleElement().matches(Change::removal);
            assertThat(Objects.requireNonNull(history.last().answer()).commandId())
                    .isEqualTo(COMMAND);
        }

        @Test
        void is_revived_by_a_higher_generation_only() {
            history.fact(connected("gmail", 1, 1)).fact(polled("gmail", 1, 2)).fact(removed("gmail", 1, 3, null));
            history.fact(polled("gmail", 1, 4)).fact(reauthorized("gmail", 1, 5));
            assertThat(history.connector("gmail").hidden()).isTrue();
            assertThat(history.last().changes()).noneMatch(Change::published);
            var revived = history.fact(connected("gmail", 2, 6)).connector("gmail");
            assertThat(revived.hidden()).isFalse();
            assertThat(revived.condition()).isEqualTo(Condition.OK);
            assertThat(revived.lastSuccessAt()).isNull();
            assertThat(revived.version()).isEqualTo(6);
        }
    }

    @Nested
    class A_disabled_connector {

        @Test
        void whose_consent_was_renewed_meanwhile_is_well_when_enabled() {
            history.fact(connected("gmail", 1, 1))
                    .fact(revoked(1))
                    .fact(disabled("gmail", 2, 2, null))
                    .fact(enabled("gmail", 2, 3, null));
            assertThat(history.connector("gmail").condition()).isEqualTo(Condition.OK);
            history.fact(reauthorized("gmail", 2, 4)).fact(polled("gmail", 2, 5));
            assertThat(history.connector("gmail").condition()).isEqualTo(Condition.OK);
        }

        @Test
        void that_waited_for_consent_is_not_stuck_when_its_announcement_comes_last() {
            history.fact(connected("gmail", 1, 1)).fact(revoked(1)).fact(polled("gmail", 2, 2));
            assertThat(history.connector("gmail").condition()).isEqualTo(Condition.NEEDS_REAUTH);
            assertThat(history.fact(reauthorized("gmail", 2, 3))
                            .connector("gmail")
                            .condition())
                    .isEqualTo(Condition.OK);
        }

        @Test
        void remembers_a_death_rather_than_a_scope() {
            history.fact(connected("gmail", 1, 1))
                    .fact(disabled("gmail", 1, 2, null))
                    .fact(pollFailed("gmail", 1, 3, FailureClass.REAUTH, "insufficient_scope"))
                    .fact(revoked(1))
                    .fact(pollFailed("gmail", 1, 4, FailureClass.REAUTH, "insufficient_scope"));
            assertThat(history.connector("gmail").verdict().errorCode()).isEqualTo("token_revoked");
        }
    }

    @Nested
    class Staleness {

        @Test
        void begins_when_the_next_outcome_is_overdue_and_points_to_the_last() {
            history.fact(connected("gmail", 1, 1)).fact(polled("gmail", 1, 2));
            var polled = history.connector("gmail");
            history.after(INTERVAL).after(GRACE).after(Duration.ofMillis(1)).tick();
            var stale = history.connector("gmail");
            assertThat(stale.condition()).isEqualTo(Condition.STALE);
            assertThat(stale.changedAt()).isEqualTo(polled.dueBy());
            assertThat(stale.source()).isEqualTo(polled.source());
            assertThat(stale.version()).isEqualTo(polled.version() + 1);
            assertThat(history.tick().connector("gmail")).isEqualTo(stale);
        }

        @Test
        void is_not_yet_when_the_outcome_is_just_due() {
            history.fact(connected("gmail", 1, 1)).fact(polled("gmail", 1, 2));
            history.after(INTERVAL).after(GRACE).after(Duration.ofSeconds(-1)).tick();
            assertThat(history.connector("gmail").condition()).isEqualTo(Condition.OK);
        }

        @Test
        void is_of_nobody_who_is_not_polled() {
            history.fact(connected("gmail", 1, 1)).fact(connected("google-calendar", 1, 1));
            history.fact(disabled("google-calendar", 1, 2, null)).fact(revoked(1));
            history.after(Duration.ofDays(1)).tick();
            assertThat(history.told()).noneMatch(change -> change.after().condition() == Condition.STALE);
        }

        @Test
        void is_the_same_by_the_clock_and_by_a_late_event() {
            var late = new History()
                    .fact(connected("gmail", 1, 1))
                    .fact(connected("google-calendar", 1, 1))
                    .after(Duration.ofHours(1))
                    .fact(refreshFailed("gmail", 1, 2, FailureClass.REAUTH, "invalid_grant"));
            var clock = new History()
                    .fact(connected("gmail", 1, 1))
                    .fact(connected("google-calendar", 1, 1))
                    .after(Duration.ofHours(1))
                    .tick()
                    .fact(refreshFailed("gmail", 1, 2, FailureClass.REAUTH, "invalid_grant"));
            assertThat(late.connectors()).isEqualTo(clock.connectors());
            assertThat(late.told()).containsExactlyInAnyOrderElementsOf(clock.told());
            assertThat(late.told()).hasSize(6);
        }
    }

    @Nested
    class A_command {

        @Test
        void that_was_rejected_changes_no_connector_and_is_answered_with_the_reason() {
            history.fact(connected("gmail", 1, 1));
            var before = history.connectors();
            history.fact(new ConnectorCommandRejected(History.USER, "gmail", COMMAND, "There is no such connector."));
            assertThat(history.connectors()).isEqualTo(before);
            var answer = Objects.requireNonNull(history.last().answer());
            assertThat(answer.rejected()).isTrue();
            assertThat(answer.reason()).isEqualTo("There is no such connector.");
        }

        @Test
        void is_answered_even_when_its_event_comes_too_late_to_change_anything() {
            history.fact(connected("gmail", 1, 9)).fact(disabled("gmail", 1, 2, COMMAND));
            assertThat(history.connector("gmail").condition()).isEqualTo(Condition.OK);
            assertThat(Objects.requireNonNull(history.last().answer()).rejected())
                    .isFalse();
        }
    }

    @Test
    void a_poll_that_finds_an_ok_connector_ok_is_kept_but_not_told() {
        history.fact(connected("gmail", 1, 1)).fact(polled("gmail", 1, 2));
        assertThat(history.connector("gmail").lastSuccessAt()).isEqualTo(History.START.plusSeconds(1));
        assertThat(history.last().changes()).singleElement().satisfies(change -> {
            assertThat(change.published()).isFalse();
            assertThat(change.kind()).isNull();
        });
    }

    @Test
    void a_wait_without_end_does_not_leave_the_calendar() {
        var forever = new dev.lifeline.events.ConnectorEvent.ConnectorPolled(
                History.USER, "gmail", "sandbox", History.GRANT, 1, 2, 0, Duration.ofSeconds(Long.MAX_VALUE), 0);
        var gmail = history.fact(connected("gmail", 1, 1)).fact(forever).connector("gmail");
        assertThat(gmail.dueBy()).isBefore(History.START.plus(Duration.ofDays(400)));
    }
}
