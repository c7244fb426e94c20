package dev.lifeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaTest {

    private Database owner;

    @BeforeAll
    void migrate(Database database) {
        owner = PolicySchema.in(database);
    }

    @Test
    void all_that_is_a_users_goes_with_the_user() {
        assertThat(owner.value("""
                SELECT string_agg(owned.table_name, ', ')
                FROM information_schema.columns owned
                WHERE owned.table_schema = 'policy' AND owned.column_name = 'user_id' AND owned.table_name <> 'users'
                  AND NOT EXISTS (
                    SELECT FROM information_schema.key_column_usage used
                    JOIN information_schema.referential_constraints reference USING (constraint_schema, constraint_name)
                    JOIN information_schema.constraint_column_usage target USING (constraint_schema, constraint_name)
                    WHERE used.table_schema = owned.table_schema AND used.table_name = owned.table_name
                      AND used.column_name = 'user_id' AND target.table_name = 'users'
                      AND reference.delete_rule = 'CASCADE')
                """)).isNull();
    }

    @Test
    void a_decision_that_is_admitted_says_to_whom() {
        owner.execute("INSERT INTO users VALUES ('11111111-1111-4111-8111-111111111111')");
        assertThat(owner.value("""
                SELECT count(*) FROM information_schema.check_constraints
                WHERE constraint_schema = 'policy' AND check_clause LIKE '%executor_id IS NOT NULL%'
                """)).isEqualTo("1");
    }
}
