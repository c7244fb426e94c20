package dev.lifeline.poller.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.poller.scene.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Erasing a user is deleting one row: whatever belongs to the user must go with it. */
@ExtendWith(Backends.class)
class SchemaTest {

    /** Neither names a user. */
    private static final String NOBODYS = "'users', 'used_ticket', 'flyway_schema_history'";

    private static final String NOT_CASCADING = """
            SELECT string_agg(t.table_name, ', ') FROM information_schema.tables t
            WHERE t.table_schema = 'poller' AND t.table_type = 'BASE TABLE' AND t.table_name NOT IN (%s)
              AND NOT EXISTS (
                SELECT FROM information_schema.referential_constraints r
                JOIN information_schema.table_constraints c USING (constraint_schema, constraint_name)
                JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name)
                JOIN information_schema.constraint_column_usage u USING (constraint_schema, constraint_name)
                WHERE c.table_schema = 'poller' AND c.table_name = t.table_name AND k.column_name = 'user_id'
                  AND u.table_name = 'users' AND r.delete_rule = 'CASCADE')""".formatted(NOBODYS);

    private static final String NOT_INDEXED = """
            SELECT string_agg(k.conrelid::regclass::text, ', ') FROM pg_constraint k
            WHERE k.contype = 'f' AND k.confrelid = 'poller.users'::regclass
              AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indkey[0] = k.conkey[1])""";

    private static Scene scene;

    @BeforeAll
    static void open(Database database) throws GeneralSecurityException {
        scene = Scene.in(database);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void every_table_of_a_user_goes_with_the_users_row() {
        assertThat(scene.owner.value(NOT_CASCADING)).isNull();
    }

    @Test
    void every_table_of_a_user_is_found_by_the_user() {
        assertThat(scene.owner.value(NOT_INDEXED)).isNull();
    }

    @Test
    void deleting_a_user_leaves_nothing_of_the_user() {
        scene.connectAlice();
        scene.owner.execute("DELETE FROM users WHERE user_id = '" + Scene.ALICE + "'");
        assertThat(scene.value("SELECT (SELECT count(*) FROM connector) + (SELECT count(*) FROM oauth_grant)"))
                .isEqualTo("0");
    }

    @Test
    void no_credential_lies_in_the_clear() {
        scene.connectAlice();
        assertThat(scene.value("SELECT encode(credential, 'escape') FROM oauth_grant"))
                .doesNotContain("refresh-")
                .doesNotContain("access-");
    }
}
