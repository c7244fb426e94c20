package dev.lifeline.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.AutonomyEvent.CommandUnreadable;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UserEvent.UserErased;
import dev.lifeline.projector.adapter.postgres.PostgresErasures;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.testing.Backends;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is erased is gone, and stays gone. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Projection projection = new Projection(Duration.ofDays(1));

    @BeforeAll
    void start() {
        projection.startAll();
    }

    @AfterAll
    void stop() {
        projection.close();
    }

    @Test
    void nothing_is_left_of_the_user_and_everything_of_others() {
        UUID user = UUID.randomUUID();
        UUID another = UUID.randomUUID();
        publish(RichHistory.of(user, 1));
        publish(RichHistory.of(another, 1));
        publish(Stream.of(unreadable(user), unreadable(another)));
        Map<String, Long> before = rowsOf(another);

        publish(Stream.of(new UserErased(user, NOON)));

        assertThat(rowsOf(user)).containsExactlyEntriesOf(Map.of("erased_user", 1L));
        assertThat(rowsOf(another)).isEqualTo(before).hasSizeGreaterThan(7);
        assertThat(concerns(user)).isZero();
        assertThat(concerns(another)).isEqualTo(1);
    }

    @Test
    void whoever_subscribes_to_the_health_topic_hears_of_the_end_of_each_connector_last_of_all() {
        UUID user = UUID.randomUUID();
        publish(RichHistory.connectors(user, 1));
        publish(Stream.of(new UserErased(user, NOON)));

        Projection.eventually().untilAsserted(() -> {
            List<List<String>> heard = projection.heard().entrySet().stream()
                    .filter(each -> each.getKey().startsWith(user.toString()))
                    .map(Map.Entry::getValue)
                    .toList();
            assertThat(heard)
                    .isNotEmpty()
                    .allSatisfy(values -> assertThat(values.getLast()).isEmpty());
        });
        assertThat(projection.number("SELECT count(*) FROM owed_tombstone")).isZero();
    }

    @Test
    void late_events_bring_nobody_back_and_do_not_hold_up_others() {
        UUID user = UUID.randomUUID();
        UUID another = UUID.randomUUID();
        publish(Stream.of(new UserErased(user, NOON)));
        publish(Stream.of(RichHistory.of(user, 1), RichHistory.of(another, 1), Stream.of(unreadable(user)))
                .flatMap(each -> each));

        assertThat(rowsOf(user)).containsExactlyEntriesOf(Map.of("erased_user", 1L));
        assertThat(rowsOf(another)).hasSizeGreaterThan(7);
        assertThat(concerns(user)).isZero();
    }

    @Test
    void whoever_is_erased_again_was_erased_the_last_time_which_is_all_that_a_compacted_topic_keeps() {
        UUID user = UUID.randomUUID();
        publish(Stream.of(new UserErased(user, NOON), new UserErased(user, NOON.plusSeconds(60))));
        assertThat(projection.database.value("SELECT erased_at FROM erased_user WHERE user_id = '" + user + "'"))
                .startsWith("2026-11-24 12:01:00");
    }

    @Test
    void a_fold_that_has_asked_who_is_erased_is_waited_for_so_that_what_it_writes_goes_too() throws Exception {
        UUID user = UUID.randomUUID();
        try (Connection folding = transaction()) {
            assertThat(new PostgresErasures(folding).among(Set.of(user))).isEmpty();
            CompletableFuture<Void> erasing = CompletableFuture.runAsync(() -> erase(user));
            assertThatThrownBy(() -> erasing.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            new PostgresReadModel(folding).know(Set.of(user));
            folding.commit();
            erasing.get(20, TimeUnit.SECONDS);
        }
        assertThat(rowsOf(user)).containsExactlyEntriesOf(Map.of("erased_user", 1L));
    }

    private void erase(UUID user) {
        try (Connection erasing = transaction()) {
            PostgresErasures erasures = new PostgresErasures(erasing);
            erasures.holdFolds();
            erasures.erase(user, NOON, new SourcePosition(Topics.USER_EVENTS.name(), 0, 0));
            erasing.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection transaction() throws SQLException {
        Connection connection = projection.database.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    private static CommandUnreadable unreadable(UUID concerned) {
        SourcePosition somewhere =
                new SourcePosition("lifeline.autonomy.commands", 0, concerned.getLeastSignificantBits() >>> 1);
        return new CommandUnreadable(Operator.ID, somewhere, concerned, "no JSON", 1);
    }

    private long concerns(UUID user) {
        return projection.number("SELECT count(*) FROM unreadable_command WHERE concerns = '" + user + "'");
    }

    private void publish(Stream<? extends Message> events) {
        projection.publish(events);
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS, Topics.USER_EVENTS);
        Projection.eventually().until(() -> projection.number("SELECT count(*) FROM owed_tombstone") == 0);
    }

    /** How many rows each table has of a user, of those that have any. */
    private Map<String, Long> rowsOf(UUID user) {
        String tables = projection.database.value("""
                SELECT string_agg(table_name, ',') FROM information_schema.columns
                WHERE table_schema = 'read_model' AND column_name = 'user_id'
                """);
        return Stream.of(String.valueOf(tables).split(","))
                .collect(Collectors.toMap(
                        table -> table,
                        table ->
                                projection.number("SELECT count(*) FROM " + table + " WHERE user_id = '" + user + "'")))
                .entrySet()
                .stream()
                .filter(each -> each.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
