package dev.lifeline.poller.application.polling;

import static dev.lifeline.poller.scene.Scene.ALICE;
import static dev.lifeline.poller.scene.Scene.ALICES;
import static dev.lifeline.poller.scene.Scene.CALENDAR;
import static dev.lifeline.poller.scene.Scene.GMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorPollFailed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorReauthorized;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.scene.FakeProvider;
import dev.lifeline.poller.scene.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class PollConnectorTest {

    private static Scene scene;

    @BeforeAll
    static void open(Database database) throws GeneralSecurityException {
        scene = Scene.in(database);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void empty() {
        scene.empty();
    }

    @Nested
    class A_consent {

        @Test
        void is_announced_first_and_leaves_the_connector_due() {
            scene.consent(ALICE, ALICES, GMAIL);
            scene.poll(GMAIL);
            assertThat(scene.log.events()).singleElement().isInstanceOfSatisfying(ConnectorConnected.class, event -> {
                assertThat(event.generation()).isEqualTo(1);
                assertThat(event.account()).isEqualTo("alice@example.org");
                assertThat(event.nextPollIn()).isZero();
            });
            assertThat(scene.isDue(GMAIL)).isTrue();
            scene.poll(GMAIL);
            assertThat(scene.log.last())
                    .isInstanceOfSatisfying(
                            ConnectorPolled.class,
                            event -> assertThat(event.attempt()).isEqualTo(attemptOf(ConnectorConnected.class) + 1));
        }

        @Test
        void given_again_is_a_reauthorization_for_every_connector_of_the_grant() {
            scene.connectAlice();
            scene.consent(ALICE, ALICES, CALENDAR);
            scene.poll(GMAIL);
            scene.poll(CALENDAR);
            assertThat(scene.log.events(ConnectorReauthorized.class))
                    .extracting(ConnectorReauthorized::connectorName, ConnectorReauthorized::generation)
                    .containsExactly(tuple(GMAIL, 2L), tuple(CALENDAR, 2L));
        }

        @Test
        void overtakes_a_poll_that_is_under_way() {
            scene.connectAlice();
            scene.provider.onRead(token -> {
                scene.consent(ALICE, ALICES, GMAIL);
                return new Poll.Outcome.Read(1, "too-late");
            });
            scene.poll(GMAIL);
            assertThat(scene.isDue(GMAIL)).isTrue();
            assertThat(scene.value("SELECT cursor FROM connector WHERE name = 'gmail'"))
                    .isEqualTo("null");
            scene.poll(GMAIL);
            assertThat(scene.log.last()).isInstanceOf(ConnectorReauthorized.class);
        }
    }

    @Nested
    class A_poll {

        @Test
        void says_truly_when_the_next_is_due() {
            scene.connectAlice();
            scene.poll(GMAIL);
            ConnectorPolled polled = (ConnectorPolled) scene.log.last();
            assertThat(polled.nextPollIn()).isEqualTo(Duration.ofSeconds(5));
            assertThat(scene.untilNext(GMAIL)).isCloseTo(polled.nextPollIn(), Duration.ofSeconds(1));
            assertThat(scene.value("SELECT cursor FROM connector WHERE name = 'gmail'"))
                    .startsWith("cursor-");
        }

        @Test
        void that_the_provider_wants_later_is_made_later() {
            scene.connectAlice();
            scene.provider.refuseReading(FailureClass.TRANSIENT, "rate_limit_exceeded", 429, Duration.ofMinutes(3));
            scene.poll(GMAIL);
            ConnectorPollFailed failed = (ConnectorPollFailed) scene.log.last();
            assertThat(failed.nextPollIn()).isEqualTo(Duration.ofMinutes(3));
            assertThat(scene.untilNext(GMAIL)).isCloseTo(Duration.ofMinutes(3), Duration.ofSeconds(2));
        }

        @Test
        void with_a_scope_left_unticked_says_so_without_a_call_and_waits_for_consent() {
            scene.consent(ALICE, ALICES, Set.of("mail"), GMAIL, CALENDAR);
            scene.poll(GMAIL);
            scene.poll(CALENDAR);
            int reads = scene.provider.reads();
            scene.poll(CALENDAR);
            assertThat(scene.log.last()).isInstanceOfSatisfying(ConnectorPollFailed.class, event -> {
                assertThat(event.failureClass()).isEqualTo(FailureClass.REAUTH);
                assertThat(event.errorCode()).isEqualTo("insufficient_scope");
            });
            assertThat(scene.provider.reads()).isEqualTo(reads);
            assertThat(scene.connectors("other").untilNextDue(CALENDAR)).isEmpty();
            assertThat(scene.isDue(GMAIL)).isTrue();

            scene.consent(ALICE, ALICES, CALENDAR);
            scene.poll(CALENDAR);
            scene.poll(CALENDAR);
            assertThat(scene.log.last()).isInstanceOf(ConnectorPolled.class);
        }

        @Test
        void never_brings_a_credential_to_another_provider_than_the_one_that_gave_it() {
            scene.connectAlice();
            scene.owner.execute("UPDATE connector SET provider = 'former' WHERE name = 'gmail'");
            int reads = scene.provider.reads();
            scene.poll(GMAIL);
            assertThat(scene.log.last()).isInstanceOfSatisfying(ConnectorPollFailed.class, event -> {
                assertThat(event.provider()).isEqualTo("former");
                assertThat(event.failureClass()).isEqualTo(FailureClass.CONFIG);
                assertThat(event.errorCode()).isEqualTo("provider_not_offered");
            });
            assertThat(scene.provider.reads()).isEqualTo(reads);
        }

        @Test
        void refused_with_401_is_repeated_once_with_a_new_token() {
            scene.connectAlice();
            scene.provider.endAccessTokens();
            scene.poll(GMAIL);
            assertThat(scene.log.last()).isInstanceOf(ConnectorPolled.class);
            assertThat(scene.log.events()).hasSize(1);
        }

        @Test
        void refused_with_401_again_is_a_passing_failure() {
            scene.connectAlice();
            int before = scene.provider.refreshes().size();
            scene.provider.onRead(token -> new Poll.Outcome.Refused(
                    FakeProvider.verdict(FailureClass.TRANSIENT, "unauthorized", 401, null), true));
            scene.poll(GMAIL);
            assertThat(scene.log.events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ConnectorPollFailed.class,
                            event -> assertThat(event.failureClass()).isEqualTo(FailureClass.TRANSIENT));
            assertThat(scene.provider.refreshes()).hasSize(before + 1);
        }
    }

    @Nested
    class Three_failures_in_a_row {

        @Test
        void open_the_breaker_and_a_restart_does_not_close_it() {
            scene.connectAlice();
            scene.provider.refuseReading(FailureClass.TRANSIENT, "http_503", 503, null);
            for (int i = 0; i < 3; i++) {
                scene.makeDue();
                scene.poll(GMAIL);
            }
            assertThat(scene.log.events(ConnectorPollFailed.class))
                    .extracting(ConnectorPollFailed::consecutiveFailures, ConnectorPollFailed::nextPollIn)
                    .containsExactly(
                            tuple(1, Duration.ofSeconds(5)),
                            tuple(2, Duration.ofSeconds(5)),
                            tuple(3, Duration.ofSeconds(25)));

            assertThat(scene.connectors("restarted").claimDue(GMAIL, 10, Duration.ofSeconds(30)))
                    .isEmpty();
            scene.makeDue();
            scene.poll(GMAIL);
            assertThat(((ConnectorPollFailed) scene.log.last()).nextPollIn()).isEqualTo(Duration.ofSeconds(50));

            scene.provider.behave();
            scene.makeDue();
            scene.poll(GMAIL);
            assertThat(((ConnectorPolled) scene.log.last()).consecutiveFailures())
                    .isZero();
        }

        @Test
        void of_the_calendar_do_not_hold_up_gmail() {
            scene.connectAlice();
            scene.provider.refuseReading(FailureClass.TRANSIENT, "http_503", 503, null);
            scene.poll(CALENDAR);
            scene.provider.behave();
            scene.poll(GMAIL);
            assertThat(scene.log.last()).isInstanceOf(ConnectorPolled.class);
        }
    }

    @Nested
    class A_dead_grant {

        @BeforeEach
        void dies() {
            scene.connectAlice();
            scene.provider.endAccessTokens();
            scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
            scene.poll(GMAIL);
        }

        @Test
        void is_told_once_for_all_its_connectors() {
            assertThat(scene.log.events()).singleElement().isInstanceOfSatisfying(OAuthRefreshFailed.class, event -> {
                assertThat(event.permanent()).isTrue();
                assertThat(event.errorCode()).isEqualTo("invalid_grant");
                assertThat(event.connectorName()).isEqualTo(GMAIL);
            });
        }

        @Test
        void is_not_called_again_for_any_connector() {
            scene.makeDue();
            assertThat(scene.connectors("other").untilNextDue(GMAIL)).isEmpty();
            assertThat(scene.connectors("other").untilNextDue(CALENDAR)).isEmpty();
        }

        @Test
        void that_a_connector_is_due_on_in_spite_of_that_takes_it_off_the_schedule() {
            scene.owner.execute("UPDATE connector SET next_poll_at = now()");
            int reads = scene.provider.reads();
            int refreshes = scene.provider.refreshes().size();
            scene.poll(CALENDAR);
            assertThat(scene.log.events()).hasSize(1);
            assertThat(scene.provider.reads()).isEqualTo(reads);
            assertThat(scene.provider.refreshes()).hasSize(refreshes);
            assertThat(scene.connectors("other").untilNextDue(CALENDAR)).isEmpty();
        }

        @Test
        void lives_again_with_a_new_consent() {
            scene.provider.behave();
            scene.consent(ALICE, ALICES, GMAIL);
            scene.poll(GMAIL);
            scene.poll(CALENDAR);
            scene.poll(CALENDAR);
            assertThat(scene.log.events(ConnectorReauthorized.class)).hasSize(2);
            assertThat(scene.log.last()).isInstanceOf(ConnectorPolled.class);
        }
    }

    @Test
    void a_grant_that_dies_before_a_new_connector_was_announced_does_not_hide_it() {
        scene.consent(ALICE, ALICES, GMAIL, CALENDAR);
        scene.poll(GMAIL);
        scene.provider.endAccessTokens();
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
        scene.poll(GMAIL);
        int refreshes = scene.provider.refreshes().size();
        scene.poll(CALENDAR);
        assertThat(scene.log.last())
                .isInstanceOfSatisfying(
                        ConnectorConnected.class,
                        event -> assertThat(event.connectorName()).isEqualTo(CALENDAR));
        assertThat(scene.provider.refreshes()).hasSize(refreshes);
        assertThat(scene.connectors("other").untilNextDue(CALENDAR)).isEmpty();
    }

    @Test
    void our_own_client_refused_is_tried_again_slowly_and_the_grant_lives() {
        scene.connectAlice();
        scene.provider.endAccessTokens();
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.CONFIG, "invalid_client", 401));
        scene.poll(GMAIL);
        assertThat(scene.log.last()).isInstanceOfSatisfying(OAuthRefreshFailed.class, event -> {
            assertThat(event.failureClass()).isEqualTo(FailureClass.CONFIG);
            assertThat(event.nextPollIn()).isEqualTo(Duration.ofSeconds(25));
        });
        scene.provider.behave();
        scene.makeDue();
        scene.poll(GMAIL);
        assertThat(scene.log.last()).isInstanceOf(ConnectorPolled.class);
    }

    @Test
    void a_credential_that_can_not_be_read_while_the_log_is_away_is_tried_again_soon() {
        scene.connectAlice();
        scene.owner.execute("UPDATE oauth_grant SET credential = '\\x00'");
        scene.log.refusing();
        scene.poll(GMAIL);
        assertThat(scene.untilNext(GMAIL)).isLessThanOrEqualTo(Duration.ofSeconds(1));

        scene.log.back();
        scene.makeDue();
        scene.poll(GMAIL);
        assertThat(scene.log.last())
                .isInstanceOfSatisfying(
                        ConnectorPollFailed.class,
                        event -> assertThat(event.errorCode()).isEqualTo("credential_unreadable"));
    }

    private static long attemptOf(Class<ConnectorConnected> type) {
        return scene.log.events(type).getFirst().attempt();
    }
}
