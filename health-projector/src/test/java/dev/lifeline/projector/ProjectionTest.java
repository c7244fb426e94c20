package dev.lifeline.projector;

import static dev.lifeline.projector.Projection.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.domain.Batch;
import dev.lifeline.projector.domain.ConnectorHealth;
import dev.lifeline.projector.domain.Fact;
import dev.lifeline.projector.domain.Histories;
import dev.lifeline.runtime.FoldRunner;
import dev.lifeline.testing.Backends;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The fold through the real runtime, over real stores, while things go wrong. */
@ExtendWith(Backends.class)
class ProjectionTest {

    private static final Duration NEVER_STALE = Duration.ofDays(1);

    private Projection projection = new Projection(NEVER_STALE);

    @AfterEach
    void stop() {
        projection.close();
    }

    @Test
    void gives_rows_timeline_and_messages_as_the_whole_log_does_in_one_go() throws SQLException {
        projection.start();
        projection.publish(histories(20));
        projection.awaitAllFolded();
        assertAllIsAsExpected();
    }

    @Test
    void is_the_same_when_any_step_of_its_transactions_fails() throws SQLException {
        BreakingSource source = new BreakingSource(projection.pool);
        projection.start(source);
        List<ConnectorEvent> events = histories(30).toList();
        for (int i = 0; i < events.size(); i += 40) {
            projection.publish(events.subList(i, Math.min(i + 40, events.size())).stream());
        }
        eventually().until(() -> source.breaks() > 20);
        source.mend();
        projection.awaitAllFolded();
        assertAllIsAsExpected();
    }

    @Test
    void is_the_same_when_two_instances_share_the_work_and_one_leaves() throws SQLException {
        FoldRunner<ConnectorEvent> first = projection.start();
        List<ConnectorEvent> events = histories(30).toList();
        projection.publish(events.subList(0, 300).stream());
        projection.start();
        projection.publish(events.subList(300, 600).stream());
        first.stop();
        projection.publish(events.subList(600, events.size()).stream());
        projection.awaitAllFolded();
        assertAllIsAsExpected();
    }

    @Test
    void waits_while_the_database_is_away_and_loses_nothing() throws SQLException {
        FoldRunner<ConnectorEvent> runner = projection.start();
        List<ConnectorEvent> events = histories(10).toList();
        projection.publish(events.subList(0, 100).stream());
        projection.awaitAllFolded();
        Backends.postgres().stop();
        try {
            projection.publish(events.subList(100, events.size()).stream());
            eventually().until(() -> !runner.complaints().isEmpty());
        } finally {
            Backends.postgres().start();
        }
        projection.awaitAllFolded();
        assertAllIsAsExpected();
        eventually().until(() -> runner.complaints().isEmpty());
    }

    @Test
    void subscribers_hear_a_change_under_the_key_of_the_connector_and_forget_it_after_removal() {
        UUID user = UUID.randomUUID();
        UUID grant = UUID.randomUUID();
        projection.start();
        projection.publish(Stream.of(
                new ConnectorConnected(user, "gmail", "sandbox", grant, 1, 1, 0, Duration.ZERO, "alice@example.org"),
                new ConnectorPolled(user, "gmail", "sandbox", grant, 1, 2, 0, Duration.ofSeconds(5), 1),
                new ConnectorRemoved(user, "gmail", "sandbox", grant, 1, 3, 0, Duration.ZERO, null)));
        projection.awaitAllFolded();
        String key = ConnectorHealthChanged.key(user, "gmail");
        List<ConsumerRecord<byte[], byte[]>> heard = projection.heardRecords().stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(key))
                .toList();
        assertThat(heard).hasSize(2).allSatisfy(record -> {
            assertThat(CloudEvent.header(record.headers(), CloudEvent.TYPE_HEADER))
                    .isEqualTo("lifeline.connector-health-changed.v1");
            assertThat(record.partition()).isEqualTo(Topics.partitionOf(user, 2));
        });
        assertThat(heard.getFirst().value()).isNotNull();
        assertThat(heard.getLast().value()).isNull();
        assertThat(projection.number(
                        "SELECT count(*) FROM connector_health WHERE removed_at IS NOT NULL AND user_id = '" + user
                                + "'"))
                .isEqualTo(1);
    }

    @Test
    void an_overdue_connector_becomes_stale_by_itself_and_a_later_fold_of_the_log_says_the_same() throws SQLException {
        projection.close();
        projection = new Projection(Duration.ofMillis(300));
        UUID user = UUID.randomUUID();
        UUID grant = UUID.randomUUID();
        projection.start();
        projection.publish(Stream.of(
                new ConnectorConnected(user, "gmail", "sandbox", grant, 1, 1, 0, Duration.ZERO, "alice@example.org")));
        String of = " WHERE user_id = '" + user + "'";
        eventually()
                .until(() -> "stale".equals(projection.database.value("SELECT condition FROM connector_health" + of)));
        projection.publish(
                Stream.of(new ConnectorPolled(user, "gmail", "sandbox", grant, 1, 2, 0, Duration.ofDays(1), 1)));
        projection.awaitAllFolded();
        Batch expected = projection.expected();
        assertThat(projection.rows(List.of(user)))
                .isEqualTo(expected.rows().stream()
                        .filter(row -> row.userId().equals(user))
                        .toList());
        assertThat(projection.database.value("SELECT string_agg(to_condition, ' ' ORDER BY at) FROM timeline" + of))
                .isEqualTo("ok stale ok");
        String key = ConnectorHealthChanged.key(user, "gmail");
        assertThat(projection.heard().get(key))
                .isEqualTo(Projection.heardOf(expected).get(key));
    }

    @Test
    void late_and_repeated_events_are_counted() {
        UUID user = UUID.randomUUID();
        ConnectorEvent connected = new ConnectorConnected(
                user, "gmail", "sandbox", UUID.randomUUID(), 1, 1, 0, Duration.ZERO, "alice@example.org");
        projection.start();
        projection.publish(Stream.of(connected, connected, connected));
        projection.awaitAllFolded();
        assertThat(projection
                        .meters
                        .get("lifeline.projector.events.ignored")
                        .tag("reason", "attempt_not_above")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(2);
    }

    private static Stream<ConnectorEvent> histories(int users) {
        List<List<Fact>> histories = IntStream.range(0, users)
                .mapToObj(seed -> Histories.ofUser(UUID.randomUUID(), seed))
                .toList();
        List<ConnectorEvent> mixed = new ArrayList<>();
        int longest = histories.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<Fact> history : histories) {
                if (i < history.size()) {
                    mixed.add(history.get(i).event());
                }
            }
        }
        return mixed.stream();
    }

    private void assertAllIsAsExpected() throws SQLException {
        Batch expected = projection.expected();
        List<UUID> users =
                expected.rows().stream().map(ConnectorHealth::userId).distinct().toList();
        assertThat(projection.rows(users)).containsExactlyInAnyOrderElementsOf(expected.rows());
        assertThat(projection.number("SELECT count(*) FROM connector_health"))
                .isEqualTo(expected.rows().size());
        assertThat(projection.number("SELECT count(*) FROM timeline"))
                .isEqualTo(expected.timeline().size());
        assertThat(projection.heard()).isEqualTo(Projection.heardOf(expected));
    }
}
