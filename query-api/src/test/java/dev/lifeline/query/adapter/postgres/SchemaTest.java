package dev.lifeline.query.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import dev.lifeline.query.TestIssuer.People;
import dev.lifeline.testing.Database;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private static final String NOT_HANGING_ON_USERS = """
            SELECT string_agg(c.table_name, ', ')
            FROM information_schema.columns c
            WHERE c.table_schema = 'web' AND c.column_name = 'user_id' AND c.table_name <> 'users'
              AND NOT EXISTS (
                SELECT FROM information_schema.referential_constraints r
                JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name)
                JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name)
                JOIN information_schema.constraint_column_usage u USING (constraint_schema, constraint_name)
                WHERE t.table_schema = 'web' AND t.table_name = c.table_name AND k.column_name = 'user_id'
                  AND u.table_name = 'users' AND r.delete_rule = 'CASCADE')
            """;

    private final Surroundings here = RunningQuery.shared();

    @Test
    void whatever_is_a_users_goes_with_him() {
        assertThat(here.database().value(NOT_HANGING_ON_USERS)).isNull();
    }

    @Test
    void the_read_model_can_only_be_read() {
        here.tables().change(People.ALICE.id(), 0, "connected", "gmail");
        Database query = here.database().owner("lifeline_query", "web");

        assertThat(query.value("SELECT count(*) FROM read_model.timeline")).isNotEqualTo("0");
        assertThatThrownBy(() -> query.execute("DELETE FROM read_model.timeline"))
                .hasMessageContaining("permission denied");
    }
}
