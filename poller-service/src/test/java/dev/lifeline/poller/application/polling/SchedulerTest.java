package dev.lifeline.poller.application.polling;

import static dev.lifeline.poller.scene.Scene.ALICE;
import static dev.lifeline.poller.scene.Scene.ALICES;
import static dev.lifeline.poller.scene.Scene.CALENDAR;
import static dev.lifeline.poller.scene.Scene.GMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import dev.lifeline.poller.scene.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class SchedulerTest {

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
        scene.every(Duration.ofMillis(500));
    }

    @Test
    void two_pollers_share_the_schedule_and_no_attempt_is_published_twice() {
        int users = 20;
        connectEach(users, GMAIL, CALENDAR);
        try (Scheduler one = scene.scheduler("one");
                Scheduler two = scene.scheduler("two")) {
            one.start();
            two.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> scene.log.events(ConnectorPolled.class).size() >= users * 2 * 3);
        }
        List<ConnectorEvent.Claimed> events = scene.log.events(ConnectorEvent.Claimed.class);
        assertThat(events)
                .extracting(event -> event.userId() + "/" + event.connectorName() + "#" + event.attempt())
                .doesNotHaveDuplicates();
        assertThat(scene.log.events(ConnectorConnected.class)).hasSize(users * 2);
    }

    @Test
    void a_kind_that_hangs_does_not_hold_up_another() {
        scene.connectAlice();
        CountDownLatch hang = new CountDownLatch(1);
        scene.provider.onRead(CALENDAR, token -> waitFor(hang));
        try (Scheduler scheduler = scene.scheduler("one")) {
            scheduler.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> scene.log.events(ConnectorPolled.class).size() >= 3);
            assertThat(scene.log.events(ConnectorPolled.class))
                    .extracting(ConnectorPolled::connectorName)
                    .containsOnly(GMAIL);
            hang.countDown();
        }
    }

    @Test
    void no_more_of_a_provider_are_polled_at_a_time_than_there_are_slots_and_the_others_wait() {
        int users = Scene.SLOTS;
        connectEach(users, GMAIL, CALENDAR);
        CountDownLatch hang = new CountDownLatch(1);
        int before = scene.provider.reads();
        scene.provider.onRead(GMAIL, token -> waitFor(hang));
        scene.provider.onRead(CALENDAR, token -> waitFor(hang));
        try (Scheduler scheduler = scene.scheduler("one")) {
            scheduler.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> scene.provider.reads() - before == Scene.SLOTS);
            await().during(Duration.ofMillis(300)).until(() -> scene.provider.reads() - before == Scene.SLOTS);
            hang.countDown();
            await().atMost(Duration.ofSeconds(10)).until(() -> polledConnectors() == 2L * users);
        }
    }

    @Test
    void a_kind_of_which_more_hang_than_there_are_slots_does_not_hold_up_another_of_its_provider() {
        int users = 2 * Scene.SLOTS;
        connectEach(users, GMAIL, CALENDAR);
        CountDownLatch hang = new CountDownLatch(1);
        scene.provider.onRead(CALENDAR, token -> waitFor(hang));
        try (Scheduler scheduler = scene.scheduler("one")) {
            scheduler.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> polledConnectors() == users);
            assertThat(scene.log.events(ConnectorPolled.class))
                    .extracting(ConnectorPolled::connectorName)
                    .containsOnly(GMAIL);
            hang.countDown();
        }
    }

    @Test
    void a_consent_is_announced_and_polled_at_once() {
        scene.every(Duration.ofSeconds(30));
        try (Scheduler scheduler = scene.scheduler("one")) {
            scheduler.start();
            scene.consent(ALICE, ALICES, GMAIL);
            scheduler.nudge();
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !scene.log.events(ConnectorPolled.class).isEmpty());
        }
    }

    /** Of which the alert that nothing is polled makes an exception. */
    @Test
    void has_work_unless_it_knows_that_nothing_is_scheduled() {
        try (Scheduler scheduler = scene.scheduler("one")) {
            assertThat(scheduler.hasWork()).as("before it is known").isTrue();
            scheduler.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> !scheduler.hasWork());
            scene.consent(ALICE, ALICES, GMAIL);
            await().atMost(Duration.ofSeconds(10)).until(scheduler::hasWork);
        }
    }

    @Test
    void no_provider_is_called_while_the_log_is_away() {
        scene.connectAlice();
        scene.log.away();
        int reads = scene.provider.reads();
        try (Scheduler scheduler = scene.scheduler("one")) {
            scheduler.start();
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(3))
                    .until(() -> scene.provider.reads() == reads);
            scene.log.back();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !scene.log.events(ConnectorPolled.class).isEmpty());
        }
    }

    @Test
    void goes_on_after_a_failure_of_our_own_and_says_meanwhile_that_it_does_not_work() {
        scene.connectAlice();
        AtomicBoolean broken = new AtomicBoolean(true);
        try (Scheduler scheduler = scene.scheduler(new Breakable(scene.connectors("one"), broken))) {
            assertThat(scheduler.isWorking()).isFalse();
            scheduler.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> !scheduler.isWorking());
            broken.set(false);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !scene.log.events(ConnectorPolled.class).isEmpty());
            await().atMost(Duration.ofSeconds(20)).until(scheduler::isWorking);
        }
    }

    @Test
    void leases_of_an_earlier_life_end_when_the_instance_starts_again() {
        scene.connectAlice();
        assertThat(scene.connectors("up").claimDue(GMAIL, 1, Duration.ofMinutes(5)))
                .hasSize(1);
        assertThat(scene.connectors("another").claimDue(CALENDAR, 1, Duration.ofMinutes(5)))
                .hasSize(1);
        scene.connectors("up").forgetOwnLeases();
        assertThat(scene.isDue(GMAIL)).isTrue();
        assertThat(scene.isDue(CALENDAR)).isFalse();
    }

    @Test
    void what_was_saved_before_the_stores_clock_was_set_back_is_polled_and_not_waited_for() {
        scene.connectAlice();
        scene.owner.execute("UPDATE connector SET next_poll_at = now() + interval '61 minutes',"
                + " updated_at = now() + interval '1 hour'");
        try (Scheduler scheduler = scene.scheduler(scene.connectors("one"))) {
            scheduler.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> scene.log.events(ConnectorPolled.class).size() >= 2);
        }
    }

    @Test
    void a_turn_to_refresh_that_was_taken_before_the_stores_clock_was_set_back_ends_as_it_would_have() {
        scene.connectAlice();
        scene.owner.execute(
                "UPDATE oauth_grant SET refresh_holder = gen_random_uuid(),"
                        + " refresh_lease_until = now() + interval '1 hour 30 seconds', updated_at = now() + interval '1 hour'");
        scene.connectors("one").makeDueAfterClockWasSetBack(GMAIL);
        assertThat(scene.owner.value("SELECT refresh_lease_until BETWEEN now() + interval '10 seconds'"
                        + " AND now() + interval '30 seconds' FROM oauth_grant"))
                .isEqualTo("t");
    }

    private record Breakable(Connectors connectors, AtomicBoolean broken) implements Connectors {
        @Override
        public List<Claim> claimDue(String connector, int most, Duration lease) {
            if (broken.get()) {
                throw new IllegalStateException("a fault of our own");
            }
            return connectors.claimDue(connector, most, lease);
        }

        @Override
        public Optional<Duration> untilNextDue(String connector) {
            return connectors.untilNextDue(connector);
        }

        @Override
        public int makeDueAfterClockWasSetBack(String connector) {
            return connectors.makeDueAfterClockWasSetBack(connector);
        }

        @Override
        public boolean conclude(Claim claim, Conclusion conclusion) {
            return connectors.conclude(claim, conclusion);
        }

        @Override
        public void giveBack(Claim claim, Duration pause) {
            connectors.giveBack(claim, pause);
        }
    }

    private static void connectEach(int users, String... connectors) {
        for (int i = 0; i < users; i++) {
            scene.consent(UUID.randomUUID(), new Account("subject-" + i, "user" + i + "@example.org"), connectors);
        }
    }

    private static long polledConnectors() {
        return scene.log.events(ConnectorPolled.class).stream()
                .map(polled -> polled.userId() + "/" + polled.connectorName())
                .distinct()
                .count();
    }

    private static Poll.Outcome waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Poll.Outcome.Read(0, "late");
    }
}
