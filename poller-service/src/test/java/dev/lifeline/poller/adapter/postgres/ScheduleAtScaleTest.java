package dev.lifeline.poller.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.poller.scene.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How PostgreSQL finds what is due among a hundred thousand connectors: by the index, in its order, and nothing else. */
@ExtendWith(Backends.class)
class ScheduleAtScaleTest {

    private static final int USERS = 50_000;

    private static Scene scene;

    @BeforeAll
    static void fill(Database database) throws GeneralSecurityException {
        scene = Scene.in(database);
        scene.owner.execute(
                "INSERT INTO users SELECT md5('u' || i)::uuid FROM generate_series(1, " + USERS + ") i",
                """
                INSERT INTO oauth_grant (grant_id, user_id, provider, subject, account, generation, scopes,
                                         credential, credential_version)
                SELECT md5('g' || user_id)::uuid, user_id, 'fake', user_id, 'someone', 1, '{mail}', '', 1 FROM users""",
                """
                INSERT INTO connector (user_id, name, provider, grant_id, announced_generation, introduced, next_poll_at)
                SELECT user_id, name, 'fake', md5('g' || user_id)::uuid, 1, true,
                       now() + (random() * 60 - 1) * interval '1 second'
                FROM users, (VALUES ('gmail'), ('google-calendar')) AS kind (name)""",
                "ANALYZE");
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void a_claim_reads_no_more_than_it_takes() {
        assertThat(plan(PostgresConnectors.CLAIM_DUE, Map.of("most", 32, "holder", "one", "lease", "30 seconds")))
                .contains("Index Scan using connector_due on connector")
                .doesNotContain("Seq Scan", "Sort");
    }

    @Test
    void a_look_ahead_reads_one_row() {
        assertThat(plan(PostgresConnectors.UNTIL_NEXT, Map.of()))
                .containsPattern("Index (Only )?Scan using connector_due on connector")
                .doesNotContain("Seq Scan", "Sort", "Aggregate");
    }

    private static String plan(String sql, Map<String, Object> parameters) {
        return String.join(
                "\n",
                JdbcClient.create(scene.owner.dataSource())
                        .sql("EXPLAIN " + sql)
                        .param("name", Scene.GMAIL)
                        .params(parameters)
                        .query(String.class)
                        .list());
    }
}
