package dev.lifeline.poller.application.command;

import static dev.lifeline.poller.scene.Scene.ALICE;
import static dev.lifeline.poller.scene.Scene.ALICES;
import static dev.lifeline.poller.scene.Scene.BOB;
import static dev.lifeline.poller.scene.Scene.CALENDAR;
import static dev.lifeline.poller.scene.Scene.GMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.ConnectorCommand;
import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorCommand.EnableConnector;
import dev.lifeline.events.ConnectorCommand.RemoveConnector;
import dev.lifeline.events.ConnectorEvent.ConnectorCommandRejected;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorDisabled;
import dev.lifeline.events.ConnectorEvent.ConnectorEnabled;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorReauthorized;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.scene.FakeProvider;
import dev.lifeline.poller.scene.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class CarryOutCommandTest {

    private static final UUID COMMAND = UUID.fromString("c0000000-0000-4000-8000-000000000001");

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
    void begin() {
        scene.empty();
        scene.connectAlice();
    }

    @Nested
    class Disabling {

        @Test
        void is_published_with_the_command_and_ends_polling() {
            carryOut(disable(GMAIL));
            assertThat(scene.log.events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ConnectorDisabled.class,
                            event -> assertThat(event.commandId()).isEqualTo(COMMAND));
            assertThat(scene.connectors("other").untilNextDue(GMAIL)).isEmpty();
            assertThat(scene.isDue(CALENDAR)).isTrue();
        }

        @Test
        void overtakes_a_poll_that_is_under_way() {
            scene.provider.onRead(token -> {
                carryOut(disable(GMAIL));
                return new Poll.Outcome.Read(1, "too-late");
            });
            scene.poll(GMAIL);
            ConnectorDisabled disabled =
                    scene.log.events(ConnectorDisabled.class).getFirst();
            ConnectorPolled late = scene.log.events(ConnectorPolled.class).getFirst();
            assertThat(late.attempt()).isLessThan(disabled.attempt());
            assertThat(scene.connectors("other").untilNextDue(GMAIL)).isEmpty();
        }

        @Test
        void twice_by_two_commands_answers_both() {
            carryOut(disable(GMAIL));
            carryOut(new DisableConnector(ALICE, UUID.randomUUID(), GMAIL, ALICE, ActorRole.USER));
            assertThat(scene.log.events(ConnectorDisabled.class)).hasSize(2);
        }

        @Test
        void outlasts_a_new_consent_which_is_announced_all_the_same() {
            carryOut(disable(GMAIL));
            scene.consent(ALICE, ALICES, CALENDAR);
            scene.poll(GMAIL);
            assertThat(scene.log.last()).isInstanceOf(ConnectorReauthorized.class);
            assertThat(scene.connectors("other").untilNextDue(GMAIL)).isEmpty();
        }
    }

    @Nested
    class Enabling {

        @Test
        void makes_the_connector_due_at_once() {
            carryOut(disable(GMAIL));
            carryOut(new EnableConnector(ALICE, UUID.randomUUID(), GMAIL, ALICE, ActorRole.USER));
            assertThat(scene.log.last()).isInstanceOf(ConnectorEnabled.class);
            assertThat(scene.isDue(GMAIL)).isTrue();
        }

        @Test
        void on_a_dead_grant_calls_nobody() {
            scene.provider.endAccessTokens();
            scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
            scene.poll(GMAIL);
            carryOut(disable(GMAIL));
            carryOut(new EnableConnector(ALICE, UUID.randomUUID(), GMAIL, ALICE, ActorRole.USER));
            assertThat(scene.log.last()).isInstanceOf(ConnectorEnabled.class);
            assertThat(scene.connectors("other").untilNextDue(GMAIL)).isEmpty();
        }
    }

    @Nested
    class Removing {

        @Test
        void keeps_the_grant_while_another_connector_lives_on_it() {
            int revoked = scene.provider.revoked().size();
            carryOut(remove(GMAIL));
            assertThat(scene.log.last()).isInstanceOf(ConnectorRemoved.class);
            assertThat(scene.provider.revoked()).hasSize(revoked);
            scene.poll(CALENDAR);
            assertThat(scene.log.last()).isInstanceOf(ConnectorPolled.class);
        }

        @Test
        void of_the_last_connector_drops_the_grant_and_gives_it_back() {
            int revoked = scene.provider.revoked().size();
            carryOut(remove(GMAIL));
            carryOut(new RemoveConnector(ALICE, UUID.randomUUID(), CALENDAR, ALICE, ActorRole.USER));
            assertThat(scene.value("SELECT count(*) FROM oauth_grant")).isEqualTo("0");
            assertThat(scene.provider.revoked()).hasSize(revoked + 1).endsWith("refresh-subject-alice");
        }

        @Test
        void does_not_end_what_another_user_has_of_the_same_account() {
            int revoked = scene.provider.revoked().size();
            scene.consent(BOB, ALICES, GMAIL);
            carryOut(remove(GMAIL));
            carryOut(new RemoveConnector(ALICE, UUID.randomUUID(), CALENDAR, ALICE, ActorRole.USER));
            assertThat(scene.provider.revoked()).hasSize(revoked);
        }

        @Test
        void and_connecting_again_even_with_another_account_begins_above_all_that_was() {
            scene.consent(ALICE, ALICES, GMAIL);
            scene.poll(GMAIL);
            carryOut(remove(GMAIL));
            ConnectorRemoved removed = (ConnectorRemoved) scene.log.last();
            scene.consent(ALICE, new Account("another", "alice@other.example"), GMAIL);
            scene.poll(GMAIL);
            assertThat(scene.log.last()).isInstanceOfSatisfying(ConnectorConnected.class, event -> {
                assertThat(event.generation()).isGreaterThan(removed.generation());
                assertThat(event.attempt()).isGreaterThan(removed.attempt());
                assertThat(event.grantId()).isNotEqualTo(removed.grantId());
            });
        }

        @Test
        void of_a_consent_that_was_not_announced_yet_announces_it_first() {
            scene.consent(BOB, new Account("bob", "bob@example.org"), GMAIL);
            scene.commands().carryOut(new RemoveConnector(BOB, COMMAND, GMAIL, BOB, ActorRole.USER));
            assertThat(scene.log.events()).hasExactlyElementsOfTypes(ConnectorConnected.class, ConnectorRemoved.class);
        }
    }

    @Nested
    class A_command_that_comes_again {

        @Test
        void after_it_was_answered_changes_nothing() {
            carryOut(remove(GMAIL));
            carryOut(remove(GMAIL));
            assertThat(scene.log.events()).hasSize(1);
        }

        @Test
        void while_another_carries_it_out_is_not_answered_once_more() {
            scene.commands(new OvertakenBySame(scene.commanded())).carryOut(remove(GMAIL));
            assertThat(scene.log.events()).hasExactlyElementsOfTypes(ConnectorRemoved.class, ConnectorRemoved.class);
        }

        @Test
        void while_the_log_was_away_is_answered_then() {
            scene.log.refusing();
            assertThatThrownBy(() -> carryOut(disable(GMAIL))).isInstanceOf(UnavailableException.class);
            assertThat(scene.value("SELECT disabled FROM connector WHERE name = 'gmail'"))
                    .isEqualTo("f");
            scene.log.back();
            carryOut(disable(GMAIL));
            assertThat(scene.log.events()).singleElement().isInstanceOf(ConnectorDisabled.class);
        }
    }

    @Nested
    class Rejected_is {

        @Test
        void a_command_for_a_connector_that_is_not_there() {
            carryOut(disable("slack"));
            assertRejected("There is no connector slack");
        }

        @Test
        void a_command_for_a_connector_that_was_removed() {
            carryOut(remove(GMAIL));
            scene.log.clear();
            carryOut(new DisableConnector(ALICE, UUID.randomUUID(), GMAIL, ALICE, ActorRole.USER));
            assertRejected("There is no connector gmail");
        }

        @Test
        void a_command_of_somebody_else_or_in_another_role() {
            carryOut(new RemoveConnector(ALICE, COMMAND, GMAIL, BOB, ActorRole.USER));
            assertRejected("Only its owner");
            scene.log.clear();
            carryOut(new RemoveConnector(ALICE, UUID.randomUUID(), GMAIL, ALICE, ActorRole.OPERATOR));
            assertRejected("Only its owner");
            assertThat(scene.isDue(GMAIL)).isTrue();
        }

        private void assertRejected(String reason) {
            assertThat(scene.log.events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            ConnectorCommandRejected.class,
                            event -> assertThat(event.reason()).startsWith(reason));
        }
    }

    private record OvertakenBySame(CommandedConnectors commanded) implements CommandedConnectors {
        @Override
        public boolean wasAnswered(UUID commandId) {
            return commanded.wasAnswered(commandId);
        }

        @Override
        public Optional<Claim> claim(UUID userId, String connector, Duration lease) {
            return commanded.claim(userId, connector, lease);
        }

        @Override
        public Optional<Effect> save(Claim claim, ConnectorCommand command) {
            scene.commands().carryOut(command);
            return commanded.save(claim, command);
        }

        @Override
        public void answered(ConnectorCommand command) {
            commanded.answered(command);
        }
    }

    private static void carryOut(ConnectorCommand command) {
        scene.commands().carryOut(command);
    }

    private static ConnectorCommand disable(String connector) {
        return new DisableConnector(ALICE, COMMAND, connector, ALICE, ActorRole.USER);
    }

    private static ConnectorCommand remove(String connector) {
        return new RemoveConnector(ALICE, COMMAND, connector, ALICE, ActorRole.USER);
    }
}
