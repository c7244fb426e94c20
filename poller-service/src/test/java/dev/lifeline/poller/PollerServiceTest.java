package dev.lifeline.poller;

import static dev.lifeline.poller.scene.Person.leadsTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.ConnectorCommand.RemoveConnector;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorPollFailed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorReauthorized;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.Topics;
import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.consent.AdoptGrant;
import dev.lifeline.poller.domain.classification.Tokens;
import dev.lifeline.poller.scene.EventTail;
import dev.lifeline.poller.scene.Person;
import dev.lifeline.poller.scene.RunningPoller;
import dev.lifeline.poller.scene.SandboxControl;
import dev.lifeline.poller.scene.TicketOffice;
import dev.lifeline.runtime.Publisher;
import dev.lifeline.sandbox.Sandbox;
import dev.lifeline.sandbox.SandboxApplication;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import dev.lifeline.testing.KafkaBackend;
import dev.lifeline.testing.PostgresBackend;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The service as a whole, over HTTP and Kafka, against the sandbox provider. */
@ExtendWith(Backends.class)
class PollerServiceTest {

    private static final String GMAIL = "gmail";
    private static final String CALENDAR = "google-calendar";
    private static final String CALENDAR_SCOPE = "https://www.googleapis.com/auth/calendar.readonly";

    @TempDir
    static Path home;

    private static Sandbox sandbox;
    private static SandboxControl control;
    private static RunningPoller poller;
    private static EventTail events;
    private static KafkaBackend kafka;
    private static PostgresBackend postgres;
    private static Database database;
    private static final TicketOffice OFFICE = new TicketOffice(Clock.systemUTC());

    private final UUID user = UUID.randomUUID();
    private final Person alice = new Person("alice", UUID.randomUUID().toString());

    @BeforeAll
    static void start(Database superuser, KafkaBackend broker, PostgresBackend server) {
        database = superuser.owner("lifeline_poller", "poller");
        kafka = broker;
        postgres = server;
        kafka.createTopics(Topics.all().stream()
                .map(topic -> topic.creation(Topics.DEFAULT_PARTITIONS, (short) 1))
                .toList());
        URI address = RunningPoller.freeAddress();
        sandbox = SandboxApplication.start(
                "lifeline.sandbox.home=" + home.resolve("sandbox"), "lifeline.public-url=" + address);
        control = new SandboxControl(sandbox.baseUrl());
        poller = RunningPoller.start(address, database, kafka, sandbox.baseUrl(), home);
        events = new EventTail(kafka);
    }

    @AfterAll
    static void stop() {
        events.close();
        poller.close();
        sandbox.close();
    }

    /** What other tests connected would be polled as well, and be counted. */
    @BeforeEach
    void begin() {
        control.mode("ok");
        // The poller is at work on the same rows; should the two deadlock, it is done again.
        await().ignoreExceptions().untilAsserted(() -> database.execute("DELETE FROM users"));
    }

    @Test
    void without_its_keyset_it_does_not_start_over_credentials_that_only_that_reads(@TempDir Path elsewhere) {
        connect(alice, GMAIL);
        assertThatThrownBy(() ->
                        RunningPoller.start(RunningPoller.freeAddress(), database, kafka, sandbox.baseUrl(), elsewhere))
                .hasStackTraceContaining("the database holds credentials that only its keyset reads");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Nested
    class Connecting {

        @Test
        void ends_on_the_dashboard_and_the_connector_is_announced_and_polled() {
            HttpResponse<String> end = connect(alice, GMAIL);
            assertThat(leadsTo(end)).isEqualTo(poller.uri("/?connected=gmail"));
            assertThat(end.headers().allValues("Set-Cookie"))
                    .as("takes no cookie away, which a consent in another tab still needs")
                    .isEmpty();
            assertThat(events.await(user, ConnectorConnected.class).account()).isEqualTo("alice@example.org");
            assertThat(events.await(user, ConnectorPolled.class).itemsFound()).isPositive();
        }

        @Test
        void a_second_connector_of_the_same_account_extends_the_grant() {
            connect(alice, GMAIL);
            ConnectorConnected gmail = events.await(user, ConnectorConnected.class);
            assertThat(leadsTo(connect(alice, CALENDAR)))
                    .as("names all that it is about, and first the one that was asked for")
                    .isEqualTo(poller.uri("/?connected=google-calendar&connected=gmail"));
            ConnectorConnected calendar = events.await(
                    user,
                    ConnectorConnected.class,
                    event -> event.connectorName().equals(CALENDAR));
            assertThat(calendar.grantId()).isEqualTo(gmail.grantId());
            assertThat(calendar.generation()).isEqualTo(2);
            events.await(
                    user,
                    ConnectorReauthorized.class,
                    event -> event.connectorName().equals(GMAIL));
            events.await(
                    user,
                    ConnectorPolled.class,
                    event -> event.connectorName().equals(GMAIL) && event.generation() == 2);
            events.await(
                    user, ConnectorPolled.class, event -> event.connectorName().equals(CALENDAR));
        }

        @Test
        void denied_is_back_on_the_dashboard_with_nothing_changed() {
            URI callback = alice.deny(authorize(alice, GMAIL));
            assertThat(leadsTo(alice.get(callback))).isEqualTo(poller.uri("/?notice=access_denied"));
            assertThat(events.of(user)).isEmpty();
        }

        @Test
        void with_a_scope_unticked_says_so_for_that_connector() {
            connect(alice, GMAIL);
            URI end = leadsTo(alice.get(alice.consent(authorize(alice, CALENDAR), CALENDAR_SCOPE)));
            assertThat(end).isEqualTo(poller.uri("/?connected=gmail&lacking=google-calendar"));
            ConnectorPollFailed failed = events.await(user, ConnectorPollFailed.class);
            assertThat(failed.connectorName()).isEqualTo(CALENDAR);
            assertThat(failed.errorCode()).isEqualTo("insufficient_scope");
            assertThat(failed.failureClass()).isEqualTo(FailureClass.REAUTH);
        }

        @Test
        void with_another_account_is_refused_naming_both_and_the_old_one_goes_on() {
            connect(alice, GMAIL);
            ConnectorPolled before = events.await(user, ConnectorPolled.class);
            Person bob = new Person("bob", alice.nonce());
            URI end = leadsTo(bob.get(bob.consent(authorize(alice, GMAIL))));
            assertThat(end.getPath()).isEqualTo("/");
            assertThat(end.getQuery()).isEqualTo("notice=other_account&expected=alice@example.org&got=bob@example.org");
            ConnectorPolled after =
                    events.await(user, ConnectorPolled.class, event -> event.attempt() > before.attempt() + 1);
            assertThat(after.generation()).isEqualTo(before.generation());
        }
    }

    @Nested
    class Refused_with_a_page_that_says_what_to_do_is {

        @Test
        void a_callback_that_is_used_twice() {
            URI callback = alice.consent(authorize(alice, GMAIL));
            alice.get(callback);
            assertRefused(alice.get(callback), 400, "used, has expired");
        }

        @Test
        void a_callback_in_another_browser_which_does_not_use_it_up() {
            URI callback = alice.consent(authorize(alice, GMAIL));
            assertRefused(alice.getWithoutCookie(callback), 400, "not started here");
            assertRefused(new Person("bob", "other").get(callback), 400, "not started here");
            assertThat(leadsTo(alice.get(callback))).isEqualTo(poller.uri("/?connected=gmail"));
        }

        @Test
        void a_ticket_that_is_used_twice() {
            URI begin = begin(OFFICE.ticket(user, GMAIL, alice.nonce()));
            alice.get(begin);
            assertRefused(alice.get(begin), 400, "used already");
        }

        @Test
        void a_ticket_in_another_browser() {
            URI begin = begin(OFFICE.ticket(user, GMAIL, "another"));
            assertRefused(alice.get(begin), 400, "not started in this browser");
            assertRefused(alice.getWithoutCookie(begin), 400, "not started in this browser");
        }

        @Test
        void a_ticket_that_is_none() {
            assertRefused(alice.get(begin("nonsense")), 400, "not valid any more");
            assertRefused(alice.get(poller.uri("/oauth/sandbox/authorize")), 400, "not valid any more");
        }

        @Test
        void a_ticket_for_what_cannot_be_connected() {
            assertRefused(alice.get(begin(OFFICE.ticket(user, "slack", alice.nonce()))), 404, "no such connection");
        }

        @Test
        void a_callback_that_nobody_began() {
            assertRefused(alice.get(poller.uri("/oauth/sandbox/callback?state=x&code=y")), 400, "not started here");
            assertRefused(alice.get(poller.uri("/oauth/sandbox/callback")), 400, "not started here");
        }

        @Test
        void a_provider_that_ended_with_an_error_whose_words_are_not_repeated_unless_harmless() {
            URI callback = alice.deny(authorize(alice, GMAIL));
            URI altered = URI.create(
                    callback.toString().replace("error=access_denied", "error=%3Cscript%3Ealert(1)%3C/script%3E"));
            HttpResponse<String> page = alice.get(altered);
            assertRefused(page, 400, "did not complete");
            assertThat(page.body()).doesNotContain("<script").doesNotContain("alert(1)");
        }

        private void assertRefused(HttpResponse<String> page, int status, String words) {
            assertThat(page.statusCode()).isEqualTo(status);
            assertThat(page.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(
                            policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(page.body()).contains(words, "Back to the dashboard");
        }
    }

    @Test
    void an_unknown_provider_or_route_is_answered_with_problem_details() {
        HttpResponse<String> answer = alice.get(poller.uri("/oauth/nobody/authorize?ticket=x"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"instance\":\"/oauth/nobody/authorize\"", "\"error\":");
        HttpResponse<String> route = alice.get(poller.uri("/oauth/sandbox/elsewhere"));
        assertThat(route.statusCode()).isEqualTo(404);
        assertThat(route.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void a_revoked_grant_is_told_at_the_next_poll_and_a_new_consent_mends_it() {
        connect(alice, GMAIL);
        events.await(user, ConnectorPolled.class);
        control.revoke("alice");
        OAuthRefreshFailed failed = events.await(user, OAuthRefreshFailed.class);
        assertThat(failed.errorCode()).isEqualTo("invalid_grant");
        assertThat(failed.failureClass()).isEqualTo(FailureClass.REAUTH);

        connect(alice, GMAIL);
        ConnectorReauthorized mended = events.await(user, ConnectorReauthorized.class);
        assertThat(mended.grantId()).isEqualTo(failed.grantId());
        events.await(user, ConnectorPolled.class, event -> event.generation() == mended.generation());
    }

    @Test
    void an_outage_of_the_provider_asks_nobody_to_reconnect_and_passes() {
        connect(alice, GMAIL);
        events.await(user, ConnectorPolled.class);
        control.mode("outage");
        ConnectorEvent.Failed failed = events.await(user, ConnectorEvent.Failed.class);
        assertThat(failed.failureClass()).isEqualTo(FailureClass.TRANSIENT);
        control.mode("ok");
        events.await(user, ConnectorPolled.class, event -> event.attempt() > failed.attempt());
    }

    @Test
    void an_adopted_grant_is_polled_and_is_adopted_once() {
        AdoptGrant adopt = poller.bean(AdoptGrant.class);
        Account account = new Account("subject-" + user, "someone@example.org");
        Tokens tokens = new Tokens("none", "none", Duration.ofHours(1), null, null);
        assertThat(adopt.adopt(user, "sandbox", Set.of(GMAIL), account, tokens)).isTrue();
        assertThat(adopt.adopt(user, "sandbox", Set.of(GMAIL), account, tokens)).isFalse();
        assertThat(events.await(user, ConnectorConnected.class).account()).isEqualTo("someone@example.org");
        remove(GMAIL);
    }

    @Test
    void what_operators_watch_is_there_to_be_fetched() {
        connect(alice, GMAIL);
        events.await(user, ConnectorPolled.class);
        assertThat(alice.get(poller.uri("/actuator/prometheus")).body())
                .contains(
                        "lifeline_poller_polls_total{",
                        "lifeline_poller_lag_seconds_bucket{",
                        "lifeline_poller_work 1.0");
        assertThat(events.untraced()).isZero();
    }

    @Test
    void commands_are_obeyed_and_answered() {
        connect(alice, GMAIL);
        events.await(user, ConnectorPolled.class);
        UUID command = remove(GMAIL);
        assertThat(events.await(user, ConnectorRemoved.class).commandId()).isEqualTo(command);
    }

    @Test
    void all_connectors_of_a_grant_refresh_once_when_their_token_ends() {
        connect(alice, GMAIL);
        connect(alice, CALENDAR);
        events.await(user, ConnectorPolled.class, event -> event.connectorName().equals(CALENDAR));
        long before = control.refreshes("alice");
        control.mode("invalid_client");
        control.mode("ok");
        for (String connector : Set.of(GMAIL, CALENDAR)) {
            long now = lastAttempt(connector);
            events.await(
                    user,
                    ConnectorPolled.class,
                    event -> event.connectorName().equals(connector) && event.attempt() > now);
        }
        assertThat(control.refreshes("alice") - before).isEqualTo(1);
    }

    @Nested
    class Away_and_back {

        @Test
        void kafka() {
            connect(alice, GMAIL);
            ConnectorPolled before = events.await(user, ConnectorPolled.class);
            kafka.stop();
            await().atMost(Duration.ofSeconds(20)).until(() -> readiness() == 503);
            kafka.start();
            events.await(user, ConnectorPolled.class, event -> event.attempt() > before.attempt() + 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> readiness() == 200);
        }

        @Test
        void the_database() {
            connect(alice, GMAIL);
            ConnectorPolled before = events.await(user, ConnectorPolled.class);
            postgres.stop();
            assertThat(alice.get(begin(OFFICE.ticket(user, GMAIL, alice.nonce())))
                            .statusCode())
                    .isEqualTo(503);
            await().atMost(Duration.ofSeconds(20)).until(() -> readiness() == 503);
            postgres.start();
            events.await(user, ConnectorPolled.class, event -> event.attempt() > before.attempt() + 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> readiness() == 200);
        }

        private int readiness() {
            return alice.get(poller.uri("/actuator/health/readiness")).statusCode();
        }
    }

    private HttpResponse<String> connect(Person person, String connector) {
        return person.get(person.consent(authorize(person, connector)));
    }

    private URI authorize(Person person, String connector) {
        return leadsTo(person.get(begin(OFFICE.ticket(user, connector, person.nonce()))));
    }

    private static URI begin(String ticket) {
        return poller.uri("/oauth/sandbox/authorize?ticket=" + ticket);
    }

    private UUID remove(String connector) {
        UUID command = UUID.randomUUID();
        poller.bean(Publisher.class).publish(new RemoveConnector(user, command, connector, user, ActorRole.USER));
        return command;
    }

    private long lastAttempt(String connector) {
        return events.of(user).stream()
                .filter(ConnectorPolled.class::isInstance)
                .map(ConnectorPolled.class::cast)
                .filter(event -> event.connectorName().equals(connector))
                .mapToLong(ConnectorPolled::attempt)
                .max()
                .orElse(0);
    }
}
