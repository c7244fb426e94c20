package dev.lifeline.projector.rebuild;

import static dev.lifeline.projector.rebuild.Rebuilding.rebuild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.Topics;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.ReadModelSchema;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.testing.Backends;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The read model folded anew beside the live one. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebuildTest {

    private static final Duration GRACE = Duration.ofMillis(200);

    private final Projection projection = new Projection(GRACE);

    @BeforeAll
    void fold_a_rich_history() {
        projection.startAll();
        for (int seed = 0; seed < 20; seed++) {
            projection.publish(RichHistory.of(UUID.randomUUID(), seed));
        }
        projection.publish(RichHistory.operators());
        projection.publish(RichHistory.erased());
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS, Topics.USER_EVENTS);
    }

    @AfterAll
    void stop() {
        projection.close();
    }

    @Test
    void is_identical_to_what_was_folded_live() throws Exception {
        Comparison comparison = rebuild(projection, "replay_identical", GRACE);

        assertThat(comparison.first()).isEmpty();
        assertThat(comparison.identical()).isTrue();
        assertThat(comparison.tables()).extracting(Comparison.Table::name).isEqualTo(ReadModelSchema.TABLES);
        assertThat(comparison.tables())
                .allSatisfy(table -> assertThat(table.rows()).isPositive());
        assertThat(comparison.unprovable()).isZero();
    }

    @Test
    void knows_what_is_stale_before_the_timer_has_noted_it() throws Exception {
        UUID user = UUID.randomUUID();
        projection.publish(RichHistory.connectors(user, 3));
        projection.awaitRead(Topics.CONNECTOR_EVENTS);

        for (int at = 0; at < 3; at++) {
            assertThat(rebuild(projection, "replay_stale", GRACE).first()).isEmpty();
        }
    }

    @Test
    void goes_on_with_what_an_earlier_one_left() throws Exception {
        rebuild(projection, "replay_twice", GRACE);
        projection.publish(RichHistory.of(UUID.randomUUID(), 4));

        Rebuilding.Counted counted = new Rebuilding.Counted();
        try (Rebuild again = Rebuilding.open(projection, "replay_twice", GRACE)) {
            assertThat(again.resumed()).isTrue();
            again.fold(counted);
            assertThat(again.compare(counted).identical()).isTrue();
        }
        assertThat(counted.passed).isBetween(1L, 100L).isEqualTo(counted.found);
    }

    @Test
    void is_refused_a_schema_that_is_not_its_own() {
        projection.server.execute("CREATE SCHEMA somebodys");

        assertThatThrownBy(() -> Rebuilding.open(projection, "somebodys", GRACE))
                .isInstanceOf(CannotReplayException.class)
                .hasMessage("there is a schema somebodys, and it is not of a replay; choose another name");
        assertThatThrownBy(() -> Rebuilding.open(projection, "read_model", GRACE))
                .hasMessage("read_model is the live read model; choose another name");
    }

    @Test
    void is_refused_what_was_folded_by_other_rules() throws Exception {
        rebuild(projection, "replay_ruled", GRACE);

        assertThatThrownBy(() -> Rebuilding.open(projection, "replay_ruled", Duration.ofSeconds(10)))
                .hasMessageContaining("was folded by other rules (grace PT0.2S, ")
                .hasMessageContaining("and this replay folds by grace PT10S, ")
                .hasMessageContaining("DROP SCHEMA replay_ruled CASCADE");
    }

    @Test
    void is_refused_what_a_release_with_another_version_of_a_fold_has_folded() throws Exception {
        rebuild(projection, "replay_older", GRACE);
        String mark = projection.server.value("SELECT obj_description('replay_older'::regnamespace, 'pg_namespace')");
        projection.server.execute("COMMENT ON SCHEMA replay_older IS '"
                + String.valueOf(mark).replaceFirst("autonomy \\d+", "autonomy 0") + "'");

        assertThatThrownBy(() -> Rebuilding.open(projection, "replay_older", GRACE))
                .isInstanceOf(CannotReplayException.class)
                .hasMessageContaining("lifeline-projector-autonomy 0");
    }

    @Test
    void one_at_a_time_goes_into_a_schema() throws Exception {
        try (Rebuild first = Rebuilding.open(projection, "replay_once", GRACE)) {
            assertThatThrownBy(() -> Rebuilding.open(projection, "replay_once", GRACE))
                    .hasMessage("another replay into replay_once is under way");
            first.drop();
        }
        assertThat(projection.server.value("SELECT 1 FROM pg_namespace WHERE nspname = 'replay_once'"))
                .isNull();
    }
}
