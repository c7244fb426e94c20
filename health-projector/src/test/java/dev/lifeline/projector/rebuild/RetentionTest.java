package dev.lifeline.projector.rebuild;

import static dev.lifeline.projector.rebuild.Rebuilding.rebuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.Message;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UserEvent.UserErased;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.ReadModelSchema;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.testing.Backends;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first records have left the log. What is left of it, and the health topic, prove what they can. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionTest {

    private static final Duration NEVER_STALE = Duration.ofDays(1);
    private static final UUID QUIET = UUID.randomUUID();
    private static final UUID BUSY = UUID.randomUUID();
    private static final UUID ERASED = UUID.randomUUID();

    private final Projection projection = new Projection(NEVER_STALE, Backends.anotherKafka());
    private String before = "";

    @BeforeAll
    void lose_the_beginning() throws Exception {
        projection.startAll();
        projection.publish(List.of(connected(QUIET), connected(BUSY), polled(BUSY, 2), polled(BUSY, 3)).stream());
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
