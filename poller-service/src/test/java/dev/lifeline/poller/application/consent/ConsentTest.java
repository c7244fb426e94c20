package dev.lifeline.poller.application.consent;

import static dev.lifeline.poller.scene.Scene.ALICE;
import static dev.lifeline.poller.scene.Scene.ALICES;
import static dev.lifeline.poller.scene.Scene.BOB;
import static dev.lifeline.poller.scene.Scene.CALENDAR;
import static dev.lifeline.poller.scene.Scene.GMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Accounts.Identified;
import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.consent.BeginConsent.Begun;
import dev.lifeline.poller.application.consent.CompleteConsent.Callback;
import dev.lifeline.poller.application.consent.CompleteConsent.Completed;
import dev.lifeline.poller.domain.classification.TokenOutcome;
import dev.lifeline.poller.scene.FakeProvider;
import dev.lifeline.poller.scene.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Backends.class)
class ConsentTest {

    private static final String NONCE = "nonce";
    private static final Account OTHER = new Account("subject-other", "other@example.org");

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
    class What_is_asked_for {

        @Test
        void is_what_the_connector_needs() {
            begin(GMAIL);
            assertThat(scene.provider.asked().scopes()).containsExactly("mail");
            assertThat(scene.provider.asked().loginHint()).isNull();
        }

        @Test
        void at_a_reconnect_is_what_all_connectors_of_the_grant_need_for_the_same_account() {
            scene.connectAlice();
            begin(GMAIL);
            assertThat(scene.provider.asked().scopes()).containsExactlyInAnyOrder("mail", "calendar");
            assertThat(scene.provider.asked().loginHint()).isEqualTo("alice@example.org");
        }

        @Test
        void for_a_second_connector_takes_nothing_from_the_first() {
            scene.consent(ALICE, ALICES, GMAIL);
            begin(CALENDAR);
            assertThat(scene.provider.asked().scopes()).containsExactlyInAnyOrder("mail", "calendar");
        }

        @Test
        void has_secrets_of_its_own_each_time() {
            begin(GMAIL);
            String verifier = scene.provider.asked().codeVerifier();
            String state = scene.provider.asked().state();
            begin(GMAIL);
            assertThat(scene.provider.asked().codeVerifier()).isNotEqualTo(verifier);
            assertThat(scene.provider.asked().state()).isNotEqualTo(state);
        }
    }

    @Nested
    class Another_account {

        @Test
        void is_refused_and_given_back_to_the_provider() {
            scene.connectAlice();
            int revoked = scene.provider.revoked().size();
            scene.provider.identifies(OTHER);
            assertThat(consent(GMAIL)).isEqualTo(new Completed.OtherAccount("alice@example.org", "other@example.org"));
            assertThat(scene.provider.revoked()).hasSize(revoked + 1).endsWith("of-code");
            assertThat(scene.value("SELECT count(*) FROM oauth_grant")).isEqualTo("1");
        }

        @Test
        void that_somebody_else_lives_on_is_refused_but_not_ended() {
            scene.connectAlice();
            scene.consent(BOB, OTHER, GMAIL);
            int revoked = scene.provider.revoked().size();
            scene.provider.identifies(OTHER);
            assertThat(consent(GMAIL)).isInstanceOf(Completed.OtherAccount.class);
            assertThat(scene.provider.revoked()).hasSize(revoked);
        }

        @Test
        void for_another_connector_is_a_grant_of_its_own() {
            scene.consent(ALICE, ALICES, GMAIL);
            scene.provider.identifies(OTHER);
            assertThat(consent(CALENDAR)).isEqualTo(new Completed.Connected(List.of(CALENDAR), List.of()));
            assertThat(scene.value("SELECT count(*) FROM oauth_grant")).isEqualTo("2");
        }
    }

    @Nested
    class An_account {

        @Test
        void is_the_same_by_its_subject_whatever_it_is_called_now() {
            scene.connectAlice();
            scene.provider.identifies(new Account(ALICES.subject(), "renamed@example.org"));
            assertThat(consent(GMAIL)).isEqualTo(new Completed.Connected(List.of(GMAIL, CALENDAR), List.of()));
            assertThat(scene.value("SELECT account FROM oauth_grant")).isEqualTo("renamed@example.org");
        }

        @Test
        void is_another_by_its_subject_even_if_it_is_called_the_same() {
            scene.connectAlice();
            scene.provider.identifies(new Account("subject-other", ALICES.name()));
            assertThat(consent(GMAIL)).isEqualTo(new Completed.OtherAccount(ALICES.name(), ALICES.name()));
            assertThat(scene.value("SELECT subject FROM oauth_grant")).isEqualTo(ALICES.subject());
        }
    }

    @Nested
    class Without_a_refresh_token {

        @BeforeEach
        void none() {
            scene.provider.onExchange(code -> new TokenOutcome.Granted(scene.provider.tokens(null)));
        }

        @Test
        void a_first_consent_is_worth_nothing_and_is_given_back() {
            int revoked = scene.provider.revoked().size();
            assertThat(consent(GMAIL)).isEqualTo(new Completed.Refused(Refusal.NO_REFRESH_TOKEN, null));
            assertThat(scene.value("SELECT count(*) FROM connector")).isEqualTo("0");
            assertThat(scene.provider.revoked()).hasSize(revoked + 1);
        }

        @Test
        void a_consent_is_not_given_back_where_somebody_else_lives_on_that_account() {
            scene.provider.onExchange(code -> new TokenOutcome.Granted(scene.provider.tokens("refresh-of-bob")));
            scene.consent(BOB, ALICES, GMAIL);
            int revoked = scene.provider.revoked().size();
            none();
            assertThat(consent(GMAIL)).isEqualTo(new Completed.Refused(Refusal.NO_REFRESH_TOKEN, null));
            assertThat(scene.provider.revoked()).hasSize(revoked);
        }

        @Test
        void a_further_consent_keeps_the_one_that_is_there() {
            scene.connectAlice();
            assertThat(consent(GMAIL)).isEqualTo(new Completed.Connected(List.of(GMAIL, CALENDAR), List.of()));
            scene.provider.endAccessTokens();
            scene.poll(GMAIL);
            scene.poll(GMAIL);
            assertThat(scene.provider.refreshes()).endsWith("refresh-subject-alice");
        }

        @Test
        void a_further_consent_is_worth_nothing_when_the_one_that_is_there_is_dead() {
            scene.connectAlice();
            scene.provider.endAccessTokens();
            scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
            scene.poll(GMAIL);
            assertThat(consent(GMAIL)).isEqualTo(new Completed.Refused(Refusal.NO_REFRESH_TOKEN, null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSIENT, 503, PROVIDER_AWAY",
        "CONFIG, 401, OPERATOR_FAULT",
        "REAUTH, 400, PROVIDER_REFUSED",
        "ADMIN, 400, PROVIDER_REFUSED"
    })
    void a_code_that_is_not_redeemed_says_why(FailureClass failureClass, int status, Refusal why) {
        scene.provider.onExchange(code -> FakeProvider.refusal(failureClass, "code_of_it", status));
        assertThat(consent(GMAIL)).isEqualTo(new Completed.Refused(why, "code_of_it"));
    }

    @ParameterizedTest
    @CsvSource({
        "server_error, PROVIDER_AWAY",
        "temporarily_unavailable, PROVIDER_AWAY",
        "invalid_scope, OPERATOR_FAULT",
        "unauthorized_client, OPERATOR_FAULT",
        "interaction_required, PROVIDER_REFUSED",
        "anything, PROVIDER_REFUSED"
    })
    void a_provider_that_sends_back_an_error_says_whose_it_is(String error, Refusal why) {
        begin(GMAIL);
        Callback back = new Callback(scene.provider.asked().state(), null, error);
        assertThat(scene.complete().complete(FakeProvider.ID, back, NONCE))
                .isEqualTo(new Completed.Refused(why, error));
    }

    @Test
    void nobody_is_connected_with_an_account_that_is_not_known() {
        scene.provider.identifies(
                new Identified.Unidentified(FakeProvider.verdict(FailureClass.TRANSIENT, "no_subject", 200, null)));
        assertThat(consent(GMAIL)).isEqualTo(new Completed.Refused(Refusal.ACCOUNT_UNKNOWN, "no_subject"));
        assertThat(scene.value("SELECT count(*) FROM connector")).isEqualTo("0");
    }

    @Test
    void where_it_can_not_be_asked_whose_account_it_is_the_provider_is_away() {
        int revoked = scene.provider.revoked().size();
        scene.provider.identifies(
                new Identified.Unidentified(FakeProvider.verdict(FailureClass.TRANSIENT, "http_503", 503, null)));
        assertThat(consent(GMAIL)).isEqualTo(new Completed.Refused(Refusal.PROVIDER_AWAY, "http_503"));
        assertThat(scene.provider.revoked()).hasSize(revoked);
    }

    @Test
    void a_person_who_takes_too_long_begins_again() {
        begin(GMAIL);
        scene.owner.execute("UPDATE pending_authorization SET expires_at = now()");
        assertThat(complete()).isEqualTo(new Completed.Refused(Refusal.STATE_UNKNOWN, null));
    }

    @Test
    void neither_state_nor_verifier_lies_in_the_clear() {
        begin(GMAIL);
        assertThat(scene.value("SELECT row_to_json(p) FROM pending_authorization p"))
                .doesNotContain(scene.provider.asked().state())
                .doesNotContain(scene.provider.asked().codeVerifier());
    }

    private static Completed consent(String connector) {
        begin(connector);
        return complete();
    }

    private static void begin(String connector) {
        Ticket ticket = new Ticket(
                UUID.randomUUID(),
                ALICE,
                connector,
                Fingerprint.of(NONCE),
                Instant.now().plusSeconds(60));
        assertThat(scene.begin(text -> Optional.of(ticket)).begin(FakeProvider.ID, "ticket", NONCE))
                .isInstanceOf(Begun.Redirect.class);
    }

    private static Completed complete() {
        Callback callback = new Callback(scene.provider.asked().state(), "code", null);
        return scene.complete().complete(FakeProvider.ID, callback, NONCE);
    }
}
