package dev.lifeline.projector.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.Topics;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.testing.Backends;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postgresql.PGConnection;

/** Whoever changes a read model by hand is found out. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperingTest {

    private static final Duration NEVER_STALE = Duration.ofDays(1);

    @SuppressWarnings("UnusedVariable") // it is what the tests are made of
    private static final List<Tampering> TAMPERINGS = Tampering.ALL;

    private static final List<UUID> USERS = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

    private final Projection projection = new Projection(NEVER_STALE);

    @BeforeAll
    void fold_a_rich_history() {
        projection.startAll();
        for (int seed = 0; seed < 3; seed++) {
            projection.publish(RichHistory.of(USERS.get(seed), seed));
        }
        projection.publish(RichHistory.operators());
        projection.publish(RichHistory.connectors(UUID.randomUUID(), 1));
        projection.publish(RichHistory.erased());
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS, Topics.USER_EVENTS);
        projection.close();
        Tampering.keep(projection.server);
    }

    @ParameterizedTest
    @FieldSource("TAMPERINGS")
    void is_found(Tampering tampering) throws Exception {
        tampering.on(projection.database);
        try (Rebuild rebuild = Rebuild.into(
                "replay_tampered", Rebuilding.access(projection.server), Projection.newRuntime(), NEVER_STALE)) {
            rebuild.fold(new Rebuilding.Counted());
            Comparison comparison = rebuild.compare(new Rebuilding.Counted());

            List<Difference> found = comparison.first().stream()
                    .filter(difference -> difference.table().equals(tampering.table()))
                    .toList();
            assertThat(found).hasSize(1).allSatisfy(difference -> {
                assertThat(difference.column()).isEqualTo(tampering.column().isEmpty() ? null : tampering.column());
                assertThat(difference.sentence()).startsWith(tampering.table() + " (");
            });
        } finally {
            Tampering.undo(projection.server);
        }
    }

    @Test
    void with_one_users_rows_is_found_where_that_user_is_verified_and_nowhere_else() throws Exception {
        projection.database.execute(
                "UPDATE connector_health SET account = 'mallory' WHERE user_id = '" + USERS.getFirst()
                        + "' AND connector_name = (SELECT min(connector_name) FROM connector_health WHERE user_id = '"
                        + USERS.getFirst() + "')");
        try {
            Comparison own = verified(USERS.getFirst());
            Comparison others = verified(USERS.getLast());

            assertThat(own.first()).singleElement().satisfies(found -> {
                assertThat(found.column()).isEqualTo("account");
                assertThat(found.live()).isEqualTo("mallory");
            });
            assertThat(others.first()).isEmpty();
            assertThat(others.rows()).isPositive().isLessThan(own.rows() * 3);
        } finally {
            Tampering.undo(projection.server);
        }
    }

    private Comparison verified(UUID user) throws Exception {
        return verified(user, new Rebuilding.Counted());
    }

    private Comparison verified(UUID user, Rebuild.Progress progress) throws Exception {
        return Refold.ofUser(
                user, Rebuilding.access(projection.server), Projection.newRuntime(), NEVER_STALE, progress);
    }

    @Test
    void nothing_is_left_of_what_one_user_is_verified_by_however_it_ends() {
        String schemas = "SELECT string_agg(schema_name, ' ' ORDER BY schema_name) FROM information_schema.schemata"
                + " WHERE schema_name NOT LIKE 'pg_%'";
        String before = projection.server.value(schemas);
        List<String> meanwhile = new ArrayList<>();
        Rebuild.Progress killed = new Rebuilding.Counted() {
            @Override
            public void passed(long records) {
                meanwhile.add(projection.server.value(schemas));
                throw new IllegalStateException("killed while it folds");
            }
        };

        assertThatThrownBy(() -> verified(USERS.getFirst(), killed)).hasMessage("killed while it folds");
        assertThat(meanwhile).containsExactly(before);
    }

    @Test
    void what_is_overdue_and_was_never_noted_has_the_line_that_it_would_have() throws Exception {
        projection.database.execute("UPDATE projection_offset SET caught_up_at = caught_up_at + interval '10 days'");
        try (Rebuild rebuild = Rebuild.into(
                "replay_overdue", Rebuilding.access(projection.server), Projection.newRuntime(), NEVER_STALE)) {
            rebuild.fold(new Rebuilding.Counted());
            assertThat(rebuild.compare(new Rebuilding.Counted()).first()).isEmpty();
        } finally {
            projection.database.execute(
                    "UPDATE projection_offset SET caught_up_at = caught_up_at - interval '10 days'");
        }
        assertThat(projection.number("SELECT count(*) FROM replay_overdue.timeline WHERE to_condition = 'stale'"))
                .isPositive();
    }

    @Test
    void a_rebuild_touches_nothing_but_its_schema() throws Exception {
        int published = projection.read(Topics.CONNECTOR_HEALTH).size();
        try (Connection reader = projection.server.connect();
                Statement statement = reader.createStatement()) {
            statement.execute("LISTEN " + PostgresReadModel.CHANNEL);

            try (Rebuild rebuild = Rebuild.into(
                    "replay_quiet", Rebuilding.access(projection.server), Projection.newRuntime(), NEVER_STALE)) {
                rebuild.fold(new Rebuilding.Counted());
                rebuild.compare(new Rebuilding.Counted());
            }

            assertThat(reader.unwrap(PGConnection.class).getNotifications(500)).isEmpty();
        }
        assertThat(projection.number("SELECT count(*) FROM replay_quiet.outbox"))
                .isZero();
        assertThat(projection.read(Topics.CONNECTOR_HEALTH)).hasSize(published);
    }

    @AfterAll
    void is_not_found_where_there_is_none() throws Exception {
        try (Rebuild rebuild = Rebuild.into(
                "replay_tampered", Rebuilding.access(projection.server), Projection.newRuntime(), NEVER_STALE)) {
            assertThat(rebuild.compare(new Rebuilding.Counted()).identical()).isTrue();
        }
    }
}
