package dev.lifeline.projector.rebuild;

import static dev.lifeline.projector.rebuild.Rebuilding.rebuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.testing.Backends;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which version of a fold wrote what. */
@ExtendWith(Backends.class)
class FoldVersionTest {

    private static final Duration NEVER_STALE = Duration.ofDays(1);
    private static final String CONNECTORS = "projection = 'lifeline-projector-connector-health'";

    private final Projection projection = new Projection(NEVER_STALE);

    @BeforeEach
    void fold_a_rich_history() {
        projection.startAll();
        for (int seed = 0; seed < 4; seed++) {
            projection.publish(RichHistory.of(UUID.randomUUID(), seed));
        }
        projection.publish(RichHistory.operators());
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS);
    }

    @AfterEach
    void stop() {
        projection.close();
    }

    @Test
    void is_noted_once_until_another_folds() {
        projection.publish(RichHistory.of(UUID.randomUUID(), 9));
        projection.awaitRead(Topics.CONNECTOR_EVENTS);
        assertThat(projection.number("SELECT max(count) FROM (SELECT count(*) FROM fold_version"
                        + " GROUP BY projection, topic, partition) AS counted"))
                .isEqualTo(1);

        projection.database.execute("UPDATE fold_version SET version = 0 WHERE " + CONNECTORS);
        UUID user = UUID.randomUUID();
        projection.publish(RichHistory.connectors(user, 9));
        projection.awaitRead(Topics.CONNECTOR_EVENTS);

        assertThat(projection.database.value("SELECT string_agg(version::text, ' ' ORDER BY from_offset)"
                        + " FROM fold_version WHERE " + CONNECTORS + " AND partition = "
                        + Topics.partitionOf(user, 2)))
                .isEqualTo("0 1");
    }

    @Test
    void of_a_row_that_differs_is_told_where_it_is_another_than_todays() throws Exception {
        projection.close();
        projection.database.execute(
                "UPDATE connector_health SET account = 'other' WHERE ctid = (SELECT min(ctid) FROM connector_health)",
                "UPDATE timeline SET subject = 'other' WHERE ctid = (SELECT min(ctid) FROM timeline WHERE source_topic = '"
                        + Topics.CONNECTOR_EVENTS.name() + "')");

        assertThat(differences("replay_same")).hasSize(2).allSatisfy(difference -> {
            assertThat(difference.version()).isNull();
            assertThat(difference.sentence()).doesNotContain("version");
        });

        projection.database.execute(
                "UPDATE fold_version SET version = 0 WHERE " + CONNECTORS,
                "INSERT INTO fold_version SELECT projection, topic, partition, 1000000, 1, '2026-11-20T12:00:00Z'"
                        + " FROM fold_version WHERE " + CONNECTORS);

        assertThat(differences("replay_other"))
                .hasSize(2)
                .allSatisfy(difference -> assertThat(difference.sentence())
                        .endsWith("; it was folded by version 0 of lifeline-projector-connector-health"
                                + " (until offset 1000000, 2026-11-20), today's is 1"));
    }

    @Test
    void of_a_row_that_differs_is_told_that_it_was_folded_with_another_grace() throws Exception {
        projection.close(); // else the two would share the partitions
        try (Projection brief = new Projection(Duration.ofMillis(200))) {
            brief.startAll();
            UUID user = UUID.randomUUID();
            brief.publish(Stream.of(
                    new ConnectorConnected(user, "gmail", "sandbox", user, 1, 1, 0, Duration.ZERO, "a@example.org")));
            Projection.eventually()
                    .until(() ->
                            brief.number("SELECT count(*) FROM timeline WHERE to_condition = 'stale' AND user_id = '"
                                            + user + "'")
                                    == 1);

            assertThat(rebuild(brief, "replay_patient", Duration.ofSeconds(30)).first())
                    .extracting(Difference::table)
                    .contains("connector_health", "timeline");
            assertThat(rebuild(brief, "replay_patient", Duration.ofSeconds(30)).first())
                    .allSatisfy(difference -> assertThat(difference.sentence())
                            .endsWith("; it was folded by version 1 of lifeline-projector-connector-health"
                                    + " with a grace of PT0.2S (until now), today's is 1 with PT30S"));
        }
    }

    @Test
    void of_a_release_that_did_not_note_its_grace_nothing_is_told() throws Exception {
        projection.close();
        projection.database.execute(
                "UPDATE fold_version SET grace = NULL",
                "UPDATE connector_health SET account = 'other' WHERE ctid = (SELECT min(ctid) FROM connector_health)");

        assertThat(differences("replay_unnoted"))
                .singleElement()
                .satisfies(difference -> assertThat(difference.version()).isNull());
    }

    @Test
    void is_todays_after_a_swap() throws Exception {
        projection.database.execute("UPDATE fold_version SET version = 0");
        try (Rebuild rebuild = Rebuilding.open(projection, "replay_versions", NEVER_STALE)) {
            rebuild.swap(new Rebuilding.Counted());
        }
        assertThat(projection.database.value("SELECT count(*) FROM fold_version WHERE version = 0"))
                .isEqualTo("0");
    }

    private List<Difference> differences(String schema) throws Exception {
        return rebuild(projection, schema, NEVER_STALE).first();
    }
}
