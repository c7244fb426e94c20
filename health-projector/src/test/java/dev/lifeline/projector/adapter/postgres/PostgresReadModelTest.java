package dev.lifeline.projector.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Condition;
import dev.lifeline.events.FailureClass;
import dev.lifeline.projector.ReadModelSchema;
import dev.lifeline.projector.domain.Batch;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.projector.domain.ConnectorHealth;
import dev.lifeline.projector.domain.Connectors;
import dev.lifeline.projector.domain.Fact;
import dev.lifeline.projector.domain.Histories;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresReadModelTest {

    private final ConnectorFold fold = new ConnectorFold(Duration.ofSeconds(10));
    private Database owner;

    @BeforeAll
    void migrate(Database database) {
        owner = ReadModelSchema.in(database);
    }

    @BeforeEach
    void empty() {
        owner.execute("TRUNCATE users CASCADE");
    }

    @Test
    void keeps_every_column_of_every_history() throws SQLException {
        for (int seed = 0; seed < 30; seed++) {
            UUID user = UUID.randomUUID();
            List<Fact> facts = Histories.ofUser(user, seed);
            Batch inMemory = new Batch(fold, Map.of());
            facts.forEach(inMemory::fold);
            foldOneByOne(facts);
            assertThat(stored(user).all()).containsExactlyInAnyOrderElementsOf(inMemory.rows());
            assertThat(owner.value("SELECT count(*) FROM timeline WHERE user_id = '" + user + "'"))
                    .isEqualTo(Integer.toString(inMemory.timeline().size()));
        }
    }

    @Test
    void sets_the_status_and_the_time_of_the_database_in_its_own_columns() throws SQLException {
        UUID user = UUID.randomUUID();
        foldOneByOne(Histories.ofUser(user, 3));
        assertThat(owner.value("SELECT bool_and(updated_at > now() - interval '1 minute') FROM connector_health"))
                .isEqualTo("t");
        for (ConnectorHealth row : stored(user).all()) {
            assertThat(owner.value("SELECT status FROM connector_health WHERE connector_name = '" + row.name() + "'"))
                    .isEqualTo(row.condition().status().wireName());
        }
    }

    @Test
    void keeps_with_each_line_of_the_history_how_the_connector_stood_from_then_on() throws SQLException {
        UUID user = UUID.randomUUID();
        foldOneByOne(Histories.dying(user, FailureClass.REAUTH, "invalid_grant"));
        assertThat(owner.value(
                        "SELECT string_agg(concat_ws(' ', kind, failure_class, account), ', ' ORDER BY source_offset)"
                                + " FROM timeline WHERE user_id = '" + user + "' AND grant_id = user_id"))
                .isEqualTo("connected alice@example.org, condition_changed REAUTH");
    }

    @Test
    void finds_what_is_due_in_a_partition() throws SQLException {
        UUID user = UUID.randomUUID();
        Fact connected = Histories.ofUser(user, 1).getFirst();
        foldOneByOne(List.of(connected));
        Instant due = Objects.requireNonNull(stored(user).all().getFirst().dueBy());
        try (Connection connection = owner.connect()) {
            PostgresReadModel readModel = new PostgresReadModel(connection);
            assertThat(readModel.nextDue(0)).contains(due);
            assertThat(readModel.nextDue(1)).isEmpty();
            assertThat(readModel.usersOverdue(0, due, 10)).isEmpty();
            assertThat(readModel.usersOverdue(0, due.plusMillis(1), 10)).containsExactly(user);
            assertThat(readModel.usersOverdue(1, due.plusMillis(1), 10)).isEmpty();
        }
    }

    @Test
    void tells_readers_whose_rows_changed_once_it_has_committed() throws SQLException {
        try (Connection listener = owner.connect()) {
            listener.createStatement().execute("LISTEN " + PostgresReadModel.CHANNEL);
            UUID user = UUID.randomUUID();
            try (Connection tx = owner.connect()) {
                tx.setAutoCommit(false);
                save(tx, Histories.ofUser(user, 1).subList(0, 1));
                assertThat(notifications(listener, 200)).isEmpty();
                tx.commit();
            }
            assertThat(notifications(listener, 10_000))
                    .singleElement()
                    .satisfies(told -> assertThat(told.getParameter()).isEqualTo(user.toString()));
        }
    }

    @Test
    void names_all_of_many_so_that_nobody_else_looks() throws SQLException {
        List<UUID> users = Stream.generate(UUID::randomUUID).limit(450).toList();
        try (Connection listener = owner.connect()) {
            listener.createStatement().execute("LISTEN " + PostgresReadModel.CHANNEL);
            save(users.stream()
                    .map(user -> Histories.ofUser(user, 1).getFirst())
                    .toList());
            List<UUID> named = new ArrayList<>();
            while (named.size() < users.size()) {
                List<PGNotification> told = notifications(listener, 10_000);
                assertThat(told).isNotEmpty();
                told.stream()
                        .flatMap(message -> Stream.of(message.getParameter().split(",")))
                        .map(UUID::fromString)
                        .forEach(named::add);
            }
            assertThat(named).containsExactlyInAnyOrderElementsOf(users);
        }
    }

    @Test
    void keeps_the_first_answer_to_a_command() throws SQLException {
        UUID user = UUID.randomUUID();
        UUID command = UUID.randomUUID();
        foldOneByOne(Histories.rejections(user, command, "first", "second"));
        assertThat(owner.value("SELECT state || ' ' || reason FROM command WHERE command_id = '" + command + "'"))
                .isEqualTo("rejected first");
    }

    @Test
    void tells_once_that_a_command_was_rejected_however_often_that_is_said() throws SQLException {
        UUID user = UUID.randomUUID();
        UUID command = UUID.randomUUID();
        List<Fact> said = Histories.rejections(user, command, "first", "again", "and again");
        save(said.subList(0, 2));
        save(said.subList(2, 3));
        assertThat(owner.value("SELECT string_agg(source_offset::text, ' ') FROM timeline"))
                .isEqualTo(Long.toString(said.getFirst().at().offset()));
        save(Histories.rejections(user, UUID.randomUUID(), "of another command"));
        assertThat(owner.value("SELECT count(*) FROM timeline")).isEqualTo("2");
    }

    @Test
    void writes_what_the_contract_calls_it() throws SQLException {
        UUID user = UUID.randomUUID();
        foldOneByOne(Histories.dying(user, FailureClass.REAUTH, "invalid_grant"));
        assertThat(owner.value(
                        "SELECT concat_ws(' ', status, condition, failure_class, error_code) FROM connector_health"))
                .isEqualTo("needs_reauth needs_reauth REAUTH invalid_grant");
        assertThat(owner.value("SELECT concat_ws(' ', kind, from_condition, to_condition, error_code, provider)"
                        + " FROM timeline ORDER BY source_offset DESC"))
                .isEqualTo("condition_changed ok needs_reauth invalid_grant sandbox");
        assertThat(stored(user).all()).allMatch(row -> row.condition() == Condition.NEEDS_REAUTH);
    }

    private void foldOneByOne(List<Fact> facts) throws SQLException {
        try (Connection tx = owner.connect()) {
            tx.setAutoCommit(false);
            for (Fact fact : facts) {
                save(tx, List.of(fact));
                tx.commit();
            }
        }
    }

    private void save(List<Fact> facts) throws SQLException {
        try (Connection tx = owner.connect()) {
            tx.setAutoCommit(false);
            save(tx, facts);
            tx.commit();
        }
    }

    private void save(Connection connection, List<Fact> facts) throws SQLException {
        PostgresReadModel readModel = new PostgresReadModel(connection);
        Batch batch = new Batch(
                fold,
                readModel.connectorsOf(facts.stream()
                        .map(fact -> fact.event().userId())
                        .distinct()
                        .toList()));
        facts.forEach(batch::fold);
        readModel.save(batch);
    }

    private Connectors stored(UUID user) throws SQLException {
        try (Connection connection = owner.connect()) {
            return new PostgresReadModel(connection).connectorsOf(List.of(user)).getOrDefault(user, Connectors.NONE);
        }
    }

    private static List<PGNotification> notifications(Connection listener, int millis) throws SQLException {
        PGNotification[] told = listener.unwrap(PGConnection.class).getNotifications(millis);
        return told == null ? List.of() : List.of(told);
    }
}
