package dev.lifeline.poller.application.polling;

import static dev.lifeline.poller.scene.Scene.ALICE;
import static dev.lifeline.poller.scene.Scene.CALENDAR;
import static dev.lifeline.poller.scene.Scene.GMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.scene.BeforeSaving;
import dev.lifeline.poller.scene.FakeProvider;
import dev.lifeline.poller.scene.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is saved follows from what the log has, and from nothing else, whatever happens between the two. */
@ExtendWith(Backends.class)
class PublishThenSaveTest {

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
    void connect() {
        scene.empty();
        scene.connectAlice();
    }

    @Test
    void a_crash_in_between_repeats_the_poll_under_a_higher_attempt() {
        Connectors crashing = new BeforeSaving(scene.connectors("crashing"), () -> {
            throw new Crash();
        });
        Claim claim = scene.claim(GMAIL);
        assertThatThrownBy(() -> scene.polling(crashing).attempt(claim, scene.lease()))
                .isInstanceOf(Crash.class);
        assertThat(scene.value("SELECT cursor FROM connector WHERE name = 'gmail'"))
                .isEqualTo("null");

        scene.makeDue();
        scene.poll(GMAIL);
        assertThat(scene.log.events(ConnectorPolled.class))
                .extracting(ConnectorPolled::attempt)
                .containsExactly(claim.attempt(), claim.attempt() + 1);
    }

    @Test
    void a_log_that_is_away_leaves_everything_as_it_was() {
        scene.provider.refuseReading(FailureClass.TRANSIENT, "http_503", 503, null);
        scene.log.refusing();
        scene.poll(GMAIL);
        assertThat(scene.log.events()).isEmpty();
        assertThat(scene.value("SELECT consecutive_failures FROM connector WHERE name = 'gmail'"))
                .isEqualTo("0");
        assertThat(scene.untilNext(GMAIL)).isLessThanOrEqualTo(Duration.ofSeconds(1));

        scene.log.back();
        scene.provider.behave();
        scene.makeDue();
        scene.poll(GMAIL);
        assertThat(scene.log.events()).singleElement().isInstanceOf(ConnectorPolled.class);
    }

    @Test
    void a_dead_grant_is_dead_only_once_that_was_published() {
        scene.provider.endAccessTokens();
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
        scene.log.refusing();
        scene.poll(GMAIL);
        assertThat(scene.value("SELECT died_at FROM oauth_grant")).isEqualTo("null");
        scene.log.back();
        scene.makeDue();
        scene.poll(GMAIL);
        assertThat(scene.log.events()).singleElement().isInstanceOf(OAuthRefreshFailed.class);
        assertThat(scene.value("SELECT died_at FROM oauth_grant")).isNotEqualTo("null");
    }

    @Test
    void a_grant_whose_credential_has_moved_on_since_it_was_refused_lives_and_the_connector_is_due_at_once() {
        scene.provider.endAccessTokens();
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
        Connectors late = new BeforeSaving(
                scene.connectors("late"),
                () -> scene.owner.execute("UPDATE oauth_grant SET credential_version = credential_version + 1"));
        scene.polling(late).attempt(scene.claim(GMAIL), scene.lease());
        assertThat(scene.value("SELECT died_at FROM oauth_grant")).isEqualTo("null");
        assertThat(scene.isDue(GMAIL)).isTrue();
        scene.provider.behave();
        scene.poll(GMAIL);
        assertThat(scene.log.last()).isInstanceOf(ConnectorPolled.class);
    }

    @Test
    void an_attempt_that_was_overtaken_does_not_end_the_grant_since_its_event_counts_for_nothing() {
        scene.provider.endAccessTokens();
        scene.provider.onRefresh(token -> {
            scene.commands().carryOut(new DisableConnector(ALICE, UUID.randomUUID(), GMAIL, ALICE, ActorRole.USER));
            return FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400);
        });
        scene.poll(GMAIL);
        assertThat(scene.value("SELECT died_at FROM oauth_grant")).isEqualTo("null");

        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
        scene.poll(CALENDAR);
        assertThat(scene.log.last())
                .isInstanceOfSatisfying(
                        OAuthRefreshFailed.class,
                        event -> assertThat(event.connectorName()).isEqualTo(CALENDAR));
        assertThat(scene.value("SELECT died_at FROM oauth_grant")).isNotEqualTo("null");
    }

    @Test
    void an_attempt_that_lost_its_lease_saves_nothing() {
        Claim slow = scene.claim(GMAIL);
        scene.makeDue();
        Claim next = scene.claim(GMAIL);
        scene.polling(scene.connectors("slow")).attempt(slow, scene.lease());
        assertThat(scene.value("SELECT next_poll_at > now() + interval '20 seconds' AND attempt = " + next.attempt()
                        + " FROM connector WHERE name = 'gmail'"))
                .isEqualTo("t");
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
