package dev.lifeline.projector.rebuild;

import static dev.lifeline.projector.rebuild.Rebuilding.rebuild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorDisabled;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.Message;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.UserEvent.UserErased;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.ReadModelSchema;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.testing.Backends;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first records have left the log. What is left of it, and the health topic, prove what they can. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionTest {

    private static final Duration NEVER_STALE = Duration.ofDays(1);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final UUID QUIET = UUID.randomUUID();
    private static final UUID BUSY = UUID.randomUUID();
    private static final UUID POLLED = UUID.randomUUID();
    private static final UUID REMOVED = UUID.randomUUID();
    private static final UUID REMOVED_SINCE = UUID.randomUUID();
    private static final UUID ERASED = UUID.randomUUID();
    private static final HalfGone HALF_GONE = new HalfGone(UUID.randomUUID());

    private final Projection projection = new Projection(NEVER_STALE, Backends.anotherKafka());
    private String before = "";

    @BeforeAll
    void lose_the_beginning() throws Exception {
        projection.startAll();
        projection.publish(List.of(connected(QUIET), connected(BUSY), polled(BUSY, 2), polled(BUSY, 3)).stream());
        projection.publish(Stream.of(
                connected(REMOVED),
                new ConnectorRemoved(REMOVED, "gmail", "sandbox", REMOVED, 1, 2, 0, Duration.ZERO, null)));
        projection.publish(Stream.of(connected(POLLED), polled(POLLED, 2), connected(REMOVED_SINCE)));
        projection.publish(HALF_GONE.before());
        projection.publish(mixed(0));
        projection.publish(RichHistory.operators());
        projection.publish(Stream.of(connected(ERASED)));
        awaitFolded();
        projection.publish(Stream.of(new UserErased(ERASED, Instant.EPOCH)));
        awaitFolded();
        Map<TopicPartition, RecordsToDelete> gone = new HashMap<>();
        for (Topic topic : List.of(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS)) {
            projection
                    .read(topic)
                    .forEach(record -> gone.put(
                            new TopicPartition(record.topic(), record.partition()),
                            RecordsToDelete.beforeOffset(record.offset() / 2)));
        }
        try (var admin = projection.kafka.admin()) {
            admin.deleteRecords(gone).all().get();
        }
        projection.publish(List.of((Message) polled(BUSY, 4)).stream());
        projection.publish(Stream.of(
                new ConnectorDisabled(REMOVED_SINCE, "gmail", "sandbox", REMOVED_SINCE, 1, 2, 0, Duration.ZERO, null),
                new ConnectorRemoved(REMOVED_SINCE, "gmail", "sandbox", REMOVED_SINCE, 1, 3, 0, Duration.ZERO, null)));
        projection.publish(HALF_GONE.after());
        projection.publish(mixed(100));
        projection.publish(RichHistory.operators());
        awaitFolded();
        before = everything("read_model");
    }

    private void awaitFolded() {
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS, Topics.USER_EVENTS);
        Projection.eventually().until(() -> projection.number("SELECT count(*) FROM outbox") == 0);
    }

    @AfterAll
    void stop() {
        projection.close();
    }

    @Test
    void what_can_be_proven_is_identical_and_the_rest_is_counted() throws Exception {
        Comparison comparison = rebuild(projection, "replay_kept", NEVER_STALE);

        assertThat(comparison.first()).isEmpty();
        assertThat(unprovable(comparison, "timeline")).isPositive();
        assertThat(unprovable(comparison, "decision")).isPositive();
        assertThat(comparison.rows()).isGreaterThan(comparison.unprovable());
    }

    @Test
    void a_connector_whose_last_event_is_gone_is_proven_by_the_health_topic() throws Exception {
        tamperAndFind(
                "UPDATE connector_health SET error_code = 'tampered' WHERE user_id = '" + QUIET + "'", "error_code");
    }

    @Test
    void a_connector_that_goes_on_is_proven_by_the_health_topic_and_its_later_events() throws Exception {
        tamperAndFind("UPDATE connector_health SET attempt = 2 WHERE user_id = '" + BUSY + "'", "attempt");
    }

    @ParameterizedTest
    @MethodSource("borrowing")
    void a_row_of_which_only_the_live_one_tells_something_is_counted(UUID user) throws Exception {
        Comparison compared = Refold.ofUser(
                user, Rebuilding.access(projection.server), projection.runtime, NEVER_STALE, new Rebuilding.Counted());

        assertThat(unprovable(compared, "connector_health")).isOne();
    }

    static Stream<UUID> borrowing() {
        return Stream.of(QUIET, BUSY, REMOVED);
    }

    @Test
    void what_the_log_still_tells_is_found_changed_and_put_right_by_a_swap() throws Exception {
        String newest = " WHERE source_topic = '" + Topics.ACTION_EVENTS.name()
                + "' AND source_offset = (SELECT max(source_offset) FROM timeline WHERE source_topic = '"
                + Topics.ACTION_EVENTS.name() + "') LIMIT 1";
        projection.database.execute(
                trust(new UUID(7, 0), TrustTier.LOW_AUTONOMY, TrustTier.HIGH_AUTONOMY),
                "UPDATE operator_pause SET version = version + 1, paused = false",
                "INSERT INTO unreadable_command VALUES ('" + Topics.AUTONOMY_COMMANDS.name()
                        + "', 0, 999999, NULL, 'planted', now())",
                "INSERT INTO connector_health SELECT (jsonb_populate_record(row, jsonb_build_object('connector_name',"
                        + " 'planted'))).* FROM connector_health row WHERE user_id = '" + QUIET + "'",
                "INSERT INTO timeline SELECT (jsonb_populate_record(row, jsonb_build_object('ordinal', 7))).* FROM timeline row"
                        + newest);

        assertThat(rebuild(projection, "replay_tampered", NEVER_STALE).first())
                .extracting(Difference::table, Difference::column)
                .containsExactlyInAnyOrder(
                        tuple("autonomy_state", "settings"),
                        tuple("operator_pause", "version"),
                        tuple("operator_pause", "paused"),
                        tuple("unreadable_command", null),
                        tuple("connector_health", null),
                        tuple("timeline", null));

        try (Rebuild rebuild = Rebuilding.open(projection, "replay_righted", NEVER_STALE)) {
            rebuild.swap(new Rebuilding.Counted());
        }
        assertThat(without(everything("read_model"), before)).isEmpty();
    }

    @Test
    void the_level_of_trust_is_proven_though_the_settings_before_it_are_gone() throws Exception {
        found(
                tuple("autonomy_state", "settings"),
                trust(HALF_GONE.user(), TrustTier.LOW_AUTONOMY, TrustTier.HIGH_AUTONOMY),
                trust(HALF_GONE.user(), TrustTier.HIGH_AUTONOMY, TrustTier.LOW_AUTONOMY));
    }

    @Test
    void what_a_line_says_is_proven_though_the_decision_before_it_is_gone() throws Exception {
        String refused = " WHERE kind = 'action_refused' AND user_id = '" + HALF_GONE.user() + "'";
        found(
                tuple("timeline", null),
                "UPDATE timeline SET error_code = 'rules_deny'" + refused,
                "UPDATE timeline SET error_code = 'paused_by_user'" + refused);
    }

    private void found(Tuple difference, String change, String undo) throws Exception {
        projection.database.execute(change);
        try {
            assertThat(rebuild(projection, "replay_found", NEVER_STALE).first())
                    .extracting(Difference::table, Difference::column)
                    .contains(difference);
        } finally {
            projection.database.execute(undo);
        }
    }

    private static String trust(UUID user, TrustTier from, TrustTier to) {
        return "UPDATE autonomy_state SET settings = replace(settings, '%s', '%s') WHERE user_id = '%s'"
                .formatted(from.wireName(), to.wireName(), user);
    }

    @Test
    void an_erased_user_does_not_come_back_by_what_the_health_topic_had_of_their_connectors() throws Exception {
        rebuild(projection, "replay_erased", NEVER_STALE);
        assertThat(projection.number("SELECT count(*) FROM replay_erased.users WHERE user_id = '" + ERASED + "'"))
                .isZero();
    }

    @Test
    void a_swap_carries_over_what_no_log_holds_any_more() throws Exception {
        try (Rebuild rebuild = Rebuilding.open(projection, "replay_swapped", NEVER_STALE)) {
            rebuild.swap(new Rebuilding.Counted());
        }
        assertThat(without(before, everything("read_model"))).isEmpty();
        assertThat(without(everything("read_model"), before)).isEmpty();
    }

    /** A user of whom the log has lost a pause, settings and decisions, and still has what followed from them. */
    private record HalfGone(UUID user, UUID open, UUID asked) {

        HalfGone(UUID user) {
            this(user, UUID.randomUUID(), UUID.randomUUID());
        }

        Stream<Message> before() {
            AutonomySettings settings =
                    new AutonomySettings(TrustTier.SUGGEST, 100L, 500L, List.of(), List.of(), true, null, "UTC");
            return Stream.of(
                    new AutonomyPaused(user, user, PauseScope.EVERYTHING, user, null, NOW, 1, 1),
                    new AutonomySettingsUpdated(user, UUID.randomUUID(), settings, null, 1, 2),
                    RichHistory.decided(user, open, Ruling.AUTO_EXECUTE),
                    RichHistory.decided(user, asked, Ruling.REQUIRE_APPROVAL));
        }

        Stream<Message> after() {
            return Stream.of(
                    new AutonomyResumed(user, UUID.randomUUID(), PauseScope.EVERYTHING, user, NOW, 1, 3),
                    new TrustTierChanged(user, UUID.randomUUID(), TrustTier.SUGGEST, TrustTier.LOW_AUTONOMY, 2, 4),
                    new ActionRefused(user, open, "executor", "paused_by_user", NOW, Long.MAX_VALUE),
                    new ApprovalRequested(
                            user,
                            asked,
                            UUID.randomUUID(),
                            "hash",
                            ConfirmationLevel.SINGLE,
                            "trust_tier",
                            NOW,
                            NOW.plusSeconds(900),
                            Long.MAX_VALUE));
        }
    }

    @Test
    void a_swap_carries_over_polls_and_nothing_that_was_changed_beside_them() throws Exception {
        String polled = " WHERE user_id = '" + POLLED + "'";
        projection.database.execute("UPDATE connector_health SET error_code = 'tampered'" + polled);
        try (Rebuild rebuild = Rebuilding.open(projection, "replay_polled", NEVER_STALE)) {
            rebuild.swap(new Rebuilding.Counted());
        }
        assertThat(projection.database.value("SELECT error_code FROM connector_health" + polled))
                .isNull();
        projection.database.execute(
                "DELETE FROM connector_health" + polled,
                "INSERT INTO connector_health SELECT *" + " FROM replay_polled_before.connector_health" + polled,
                "UPDATE connector_health SET error_code = NULL" + polled);
    }

    private void tamperAndFind(String sql, String column) throws Exception {
        projection.database.execute("CREATE TABLE kept AS TABLE connector_health", sql);
        try {
            assertThat(rebuild(projection, "replay_" + column, NEVER_STALE).first())
                    .extracting(Difference::column)
                    .contains(column)
                    .isSubsetOf(column, "version");
        } finally {
            projection.database.execute(
                    "DELETE FROM connector_health", "INSERT INTO connector_health TABLE kept", "DROP TABLE kept");
        }
    }

    private static long unprovable(Comparison comparison, String table) {
        return comparison.tables().stream()
                .filter(each -> each.name().equals(table))
                .mapToLong(Comparison.Table::unprovable)
                .sum();
    }

    private static List<String> without(String all, String others) {
        Set<String> known = Set.copyOf(others.lines().collect(Collectors.toSet()));
        return all.lines().filter(line -> !known.contains(line)).toList();
    }

    private String everything(String schema) {
        List<String> all = new ArrayList<>();
        for (String table : ReadModelSchema.TABLES) {
            all.add(table + ": "
                    + projection.database.value(
                            "SELECT string_agg(row, E'\\n' ORDER BY row) FROM (SELECT (to_jsonb(t) -"
                                    + " 'updated_at')::text AS row FROM " + schema + "." + table + " t) rows"));
        }
        return String.join("\n", all);
    }

    private static Stream<Message> mixed(int seed) {
        return IntStream.range(seed, seed + 8).boxed().flatMap(each -> RichHistory.of(new UUID(7, each % 10), each));
    }

    private static ConnectorConnected connected(UUID user) {
        return new ConnectorConnected(user, "gmail", "sandbox", user, 1, 1, 0, Duration.ofDays(1), "a@example.org");
    }

    private static ConnectorPolled polled(UUID user, long attempt) {
        return new ConnectorPolled(user, "gmail", "sandbox", user, 1, attempt, 0, Duration.ofDays(1), 1);
    }
}
