package dev.lifeline.poller.application.polling;

import static dev.lifeline.poller.scene.Scene.ALICE;
import static dev.lifeline.poller.scene.Scene.ALICES;
import static dev.lifeline.poller.scene.Scene.BOB;
import static dev.lifeline.poller.scene.Scene.CALENDAR;
import static dev.lifeline.poller.scene.Scene.GMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.Deadline;
import dev.lifeline.poller.application.consent.Consent;
import dev.lifeline.poller.domain.classification.TokenOutcome;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.grant.Credential;
import dev.lifeline.poller.scene.FakeProvider;
import dev.lifeline.poller.scene.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class RefreshCredentialTest {

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
        scene.provider.endAccessTokens();
    }

    @Test
    void twenty_threads_of_two_instances_refresh_once_and_all_get_the_new_token() throws Exception {
        Claim claim = scene.claim(GMAIL);
        List<RefreshCredential> instances = List.of(scene.refreshing(), scene.refreshing());
        long rejected = scene.grants().find(claim.grantId()).orElseThrow().credentialVersion();
        int before = scene.provider.refreshes().size();
        CountDownLatch begin = new CountDownLatch(1);
        List<Future<Access>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            for (int i = 0; i < 20; i++) {
                RefreshCredential instance = instances.get(i % 2);
                answers.add(threads.submit(() -> {
                    begin.await();
                    return instance.access(claim, rejected, scene.provider, deadline());
                }));
            }
            begin.countDown();
            for (Future<Access> answer : answers) {
                assertThat(answer.get())
                        .isInstanceOfSatisfying(
                                Access.Usable.class,
                                usable -> assertThat(usable.grant().credentialVersion())
                                        .isEqualTo(rejected + 1));
            }
        }
        assertThat(scene.provider.refreshes()).hasSize(before + 1);
    }

    @Test
    void a_token_that_is_about_to_expire_is_renewed_before_it_is_used() {
        Credential expiring = new Credential("expiring", "refresh", scene.clock.instant());
        scene.consents().save(new Consent(ALICE, FakeProvider.ID, Set.of(GMAIL), ALICES, Set.of("mail"), expiring));
        scene.poll(GMAIL);
        int reads = scene.provider.reads();
        scene.poll(GMAIL);
        assertThat(scene.log.last()).isInstanceOf(ConnectorPolled.class);
        assertThat(lastRefreshes(1)).containsExactly("refresh");
        assertThat(scene.provider.reads()).isEqualTo(reads + 1);
    }

    @Test
    void a_rotated_refresh_token_is_used_from_then_on() {
        scene.provider.onRefresh(token -> new TokenOutcome.Granted(scene.provider.tokens(token + "+")));
        pollAgain();
        pollAgain();
        assertThat(lastRefreshes(2)).containsExactly("refresh-subject-alice", "refresh-subject-alice+");
    }

    @Test
    void the_old_refresh_token_is_kept_when_none_is_given() {
        pollAgain();
        pollAgain();
        assertThat(lastRefreshes(2)).containsExactly("refresh-subject-alice", "refresh-subject-alice");
    }

    @Test
    void a_refusal_after_a_rotation_whose_answer_was_lost_says_so() {
        scene.provider.onRefresh(token -> new TokenOutcome.Granted(scene.provider.tokens(token + "+")));
        pollAgain();
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.TRANSIENT, "timeout", 0));
        pollAgain();
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
        pollAgain();
        assertThat(scene.log.last()).isInstanceOfSatisfying(OAuthRefreshFailed.class, event -> {
            assertThat(event.errorCode()).isEqualTo("rotation_lost");
            assertThat(event.failureClass()).isEqualTo(FailureClass.REAUTH);
            assertThat(event.error()).isEqualTo("invalid_grant");
        });
    }

    @Test
    void a_first_answer_that_was_lost_is_told_from_a_revocation_where_the_provider_has_rotated_for_another() {
        scene.consent(BOB, new Account("subject-bob", "bob@example.org"), CALENDAR);
        scene.owner.execute("UPDATE oauth_grant SET rotates = true WHERE user_id = '" + BOB + "'");
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.TRANSIENT, "timeout", 0));
        pollAgain();
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
        pollAgain();
        assertThat(((OAuthRefreshFailed) scene.log.last()).errorCode()).isEqualTo("rotation_lost");
    }

    @Test
    void a_refusal_after_an_outage_of_a_provider_that_never_rotates_is_what_it_is() {
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.TRANSIENT, "http_503", 503));
        pollAgain();
        scene.provider.onRefresh(token -> FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400));
        pollAgain();
        assertThat(((OAuthRefreshFailed) scene.log.last()).errorCode()).isEqualTo("invalid_grant");
    }

    @Test
    void a_refusal_of_a_credential_that_has_moved_on_is_discarded_and_the_poll_repeats() {
        scene.provider.onRefresh(token -> {
            scene.provider.behave();
            scene.owner.execute("UPDATE oauth_grant SET refresh_lease_until = now()");
            Claim same = scene.claim("google-calendar");
            scene.refreshing().access(same, version(same), scene.provider, deadline());
            return FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400);
        });
        scene.poll(GMAIL);
        assertThat(scene.log.events()).singleElement().isInstanceOf(ConnectorPolled.class);
        assertThat(scene.value("SELECT died_at FROM oauth_grant")).isEqualTo("null");
    }

    @Test
    void a_refusal_that_comes_after_a_new_consent_says_nothing() {
        scene.provider.onRefresh(token -> {
            scene.consent(ALICE, ALICES, GMAIL);
            return FakeProvider.refusal(FailureClass.REAUTH, "invalid_grant", 400);
        });
        scene.poll(GMAIL);
        assertThat(scene.log.events()).isEmpty();
        assertThat(scene.value("SELECT died_at FROM oauth_grant")).isEqualTo("null");
        assertThat(scene.isDue(GMAIL)).isTrue();
    }

    @Test
    void whoever_dies_while_refreshing_is_waited_for_no_longer_than_its_lease() {
        Claim claim = scene.claim(GMAIL);
        assertThat(scene.grants().takeTurn(claim.grantId(), version(claim), Duration.ofMillis(300)))
                .isPresent();
        Access access = scene.refreshing().access(claim, version(claim), scene.provider, deadline());
        assertThat(access).isInstanceOf(Access.Usable.class);
    }

    @Test
    void somebody_who_refreshes_for_too_long_leaves_no_outcome() {
        Claim claim = scene.claim(GMAIL);
        assertThat(scene.grants().takeTurn(claim.grantId(), version(claim), Duration.ofSeconds(30)))
                .isPresent();
        Deadline soon = Deadline.in(Duration.ofMillis(100));
        assertThat(scene.refreshing().access(claim, version(claim), scene.provider, soon))
                .isInstanceOf(Access.Busy.class);
    }

    /** It may be cut off after the provider has carried it out, and then the refresh token is spent. */
    @Test
    void a_refresh_is_not_begun_without_the_time_that_a_call_may_take() {
        Claim claim = scene.claim(GMAIL);
        int before = scene.provider.refreshes().size();
        Duration call = Scene.pacing(Duration.ofSeconds(5)).callTimeout();
        for (Duration left : List.of(Duration.ofMillis(300), call.minusMillis(1))) {
            assertThat(scene.refreshing().access(claim, version(claim), scene.provider, Deadline.in(left)))
                    .isInstanceOf(Access.Busy.class);
        }
        assertThat(scene.provider.refreshes()).hasSize(before);
        assertThat(scene.refreshing().access(claim, version(claim), scene.provider, deadline()))
                .isInstanceOf(Access.Usable.class);
    }

    @Test
    void a_refresh_after_a_poll_was_refused_has_as_much_time_as_any() {
        scene.poll(GMAIL);
        assertThat(scene.log.last()).isInstanceOf(ConnectorPolled.class);
        assertThat(scene.provider.lastRefreshWithin())
                .isEqualTo(Scene.pacing(Duration.ofSeconds(5)).callTimeout());
    }

    private static void pollAgain() {
        scene.provider.endAccessTokens();
        scene.makeDue();
        scene.poll(GMAIL);
    }

    private static long version(Claim claim) {
        return scene.grants().find(claim.grantId()).orElseThrow().credentialVersion();
    }

    private static List<String> lastRefreshes(int count) {
        List<String> all = scene.provider.refreshes();
        return all.subList(all.size() - count, all.size());
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
