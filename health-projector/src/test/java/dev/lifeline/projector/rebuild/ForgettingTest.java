package dev.lifeline.projector.rebuild;

import static dev.lifeline.projector.rebuild.Rebuilding.rebuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorDisabled;
import dev.lifeline.events.ConnectorEvent.ConnectorEnabled;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.Topics;
import dev.lifeline.events.TrustTier;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.projector.adapter.postgres.Retention;
import dev.lifeline.testing.Backends;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happened longer ago than the log keeps is forgotten; how things stand is not. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgettingTest {

    private static final Duration NEVER_STALE = Duration.ofDays(1000);
    private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private static final Instant LONG_AGO = TODAY.minus(Duration.ofDays(500));
    private static final Instant LATER = TODAY.minus(Duration.ofDays(450));
    private static final UUID OLD = UUID.randomUUID();
    private static final UUID YOUNG = UUID.randomUUID();

    private final Projection projection = new Projection(NEVER_STALE, Backends.anotherKafka());

    @BeforeAll
    void live_through_five_hundred_days() throws Exception {
        projection.keepOldTimes();
        projection.startAll();
        UUID asked = UUID.randomUUID();
        projection.publishAt(
                LONG_AGO,
                Stream.of(
                        new ConnectorConnected(OLD, "gmail", "sandbox", OLD, 1, 1, 0, NEVER_STALE, "old@example.org"),
                        new ConnectorDisabled(OLD, "gmail", "sandbox", OLD, 1, 2, 0, NEVER_STALE, null),
                        new ConnectorEnabled(OLD, "gmail", "sandbox", OLD, 1, 3, 0, NEVER_STALE, null),
                        new ConnectorDisabled(OLD, "gmail", "sandbox", OLD, 1, 4, 0, NEVER_STALE, null),
                        paused("on holiday", LONG_AGO, 1, 1),
                        new AutonomySettingsUpdated(OLD, UUID.randomUUID(), AutonomySettings.UNSET, null, 1, 2),
                        tier(TrustTier.SUGGEST, TrustTier.LOW_AUTONOMY, 2, 3),
                        tier(TrustTier.LOW_AUTONOMY, TrustTier.HIGH_AUTONOMY, 3, 4),
                        new CommandRejected(OLD, UUID.randomUUID(), "lifeline.pause-autonomy.v1", "late", "too late"),
                        RichHistory.decided(OLD, asked, Ruling.REQUIRE_APPROVAL),
                        new ApprovalRequested(
                                OLD,
                                asked,
                                UUID.randomUUID(),
                                "hash",
                                ConfirmationLevel.SINGLE,
                                "trust_tier",
                                LONG_AGO,
                                LONG_AGO.plusSeconds(900),
                                Long.MAX_VALUE)));
        projection.publishAt(
                LATER,
                Stream.of(
                        new AutonomyResumed(OLD, UUID.randomUUID(), PauseScope.EVERYTHING, OLD, LATER, 2, 5),
                        paused("again", LATER, 3, 6)));
        projection.publish(RichHistory.of(YOUNG, 1));
        projection.publish(RichHistory.operators());
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS);
    }

    @AfterAll
    void stop() {
        projection.close();
    }

    @Test
    void what_is_over_goes_and_of_what_tells_how_things_stand_the_newest_line_stays() throws Exception {
        forget();

        assertThat(lines(OLD))
                .containsExactly(
                        "connected gmail",
                        "disabled gmail",
                        "enabled gmail",
                        "settings_changed ",
                        "trust_tier_changed low_autonomy high_autonomy",
                        "user_paused again",
                        "user_resumed ");
        for (String table : List.of("decision", "approval", "command")) {
            assertThat(rows(table, OLD)).as(table).isZero();
            assertThat(rows(table, YOUNG)).as(table).isPositive();
        }
        assertThat(projection.database.value(
                        "SELECT paused || pause_reason FROM autonomy_state WHERE user_id = '" + OLD + "'"))
                .isEqualTo("trueagain");
    }

    @Test
    void forgetting_again_forgets_nothing_more() throws Exception {
        forget();

        assertThat(Retention.forget(projection.database.dataSource())).isZero();
    }

    @Test
    void a_log_that_still_has_it_proves_the_rest() throws Exception {
        forget();

        assertThat(rebuild(projection, "replay_forgotten", NEVER_STALE).first()).isEmpty();
    }

    @Test
    void what_a_swap_brings_back_is_forgotten_again() throws Exception {
        forget();
        List<String> before = lines(OLD);
        try (Rebuild rebuild = Rebuilding.open(projection, "replay_back", NEVER_STALE)) {
            rebuild.swap(new Rebuilding.Counted());
        }
        assertThat(rows("decision", OLD)).isPositive();

        forget();

        assertThat(lines(OLD)).isEqualTo(before);
        assertThat(rows("decision", OLD)).isZero();
    }

    @Test
    void who_is_being_erased_is_not_waited_for() throws Exception {
        try (Rebuild rebuild = Rebuilding.open(projection, "replay_erasing", NEVER_STALE)) {
            rebuild.swap(new Rebuilding.Counted());
        }
        try (Connection erasing = projection.database.connect();
                Statement statement = erasing.createStatement()) {
            erasing.setAutoCommit(false);
            statement.execute("DELETE FROM users WHERE user_id = '" + OLD + "'");

            assertThat(Retention.forget(projection.database.dataSource())).isZero();

            erasing.rollback();
        }
        assertThat(Retention.forget(projection.database.dataSource())).isPositive();
    }

    private void forget() throws Exception {
        Retention.forget(projection.database.dataSource());
    }

    private List<String> lines(UUID user) {
        String lines = projection.database.value("""
                SELECT string_agg(line, ',' ORDER BY line) FROM (
                    SELECT concat_ws(' ', kind, CASE WHEN kind LIKE '%%_paused' THEN detail::jsonb ->> 'reason'
                        WHEN kind LIKE 'trust%%' THEN from_condition || ' ' || to_condition
                        ELSE coalesce(connector_name, '') END) AS line
                    FROM timeline WHERE user_id = '%s') lines
                """.formatted(user));
        return List.of(String.valueOf(lines).split(","));
    }

    private long rows(String table, UUID user) {
        return projection.number("SELECT count(*) FROM " + table + " WHERE user_id = '" + user + "'");
    }

    private static AutonomyPaused paused(String reason, Instant at, long version, long sequence) {
        return new AutonomyPaused(OLD, UUID.randomUUID(), PauseScope.EVERYTHING, OLD, reason, at, version, sequence);
    }

    private static TrustTierChanged tier(TrustTier from, TrustTier to, long version, long sequence) {
        return new TrustTierChanged(OLD, UUID.randomUUID(), from, to, version, sequence);
    }
}
