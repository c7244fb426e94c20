package dev.lifeline.projector.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.projector.ReadModelSchema;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadModelSchemaTest {

    private Database owner;

    @BeforeAll
    void migrate(Database database) {
        owner = ReadModelSchema.in(database);
    }

    @Test
    void all_that_is_a_users_goes_with_the_user() {
        String withoutCascade = owner.value("""
                SELECT string_agg(owned.table_name, ', ')
                FROM information_schema.columns owned
                WHERE owned.table_schema = 'read_model' AND owned.column_name = 'user_id'
                  AND owned.table_name NOT IN ('users', 'erased_user', 'owed_tombstone')
                  AND NOT EXISTS (
                    SELECT FROM information_schema.key_column_usage used
                    JOIN information_schema.referential_constraints reference USING (constraint_schema, constraint_name)
                    JOIN information_schema.constraint_column_usage target USING (constraint_schema, constraint_name)
                    WHERE used.table_schema = owned.table_schema AND used.table_name = owned.table_name
                      AND used.column_name = 'user_id' AND target.table_name = 'users'
                      AND reference.delete_rule = 'CASCADE')
                """);
        assertThat(withoutCascade).isNull();
        assertThat(
                        owner.value(
                                "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'read_model' AND column_name = 'user_id'"))
                .isEqualTo("10");
    }

    @Test
    void its_reader_may_read_everything_and_write_nothing(Database database) {
        Database reader = new Database(
                database.host(), database.port(), database.name(), "lifeline_query", "lifeline_query", "read_model");
        owner.execute("CREATE TABLE later_added (n int)");
        assertThat(reader.value("SELECT count(*) FROM connector_health")).isEqualTo("0");
        assertThat(reader.value("SELECT count(*) FROM projection_offset")).isEqualTo("0");
        assertThat(reader.value("SELECT count(*) FROM later_added")).isEqualTo("0");
        assertThatThrownBy(() -> reader.execute("DELETE FROM connector_health"))
                .hasMessageContaining("permission denied");
        owner.execute("DROP TABLE later_added");
    }

    @Test
    void conditions_are_those_of_the_contract() {
        owner.execute("INSERT INTO users VALUES ('11111111-1111-4111-8111-111111111111')");
        assertThatThrownBy(() -> owner.execute("""
                        INSERT INTO connector_health VALUES ('11111111-1111-4111-8111-111111111111', 'gmail', 'sandbox', 'a',
                            '11111111-1111-4111-8111-111111111111', 1, 1, 'connected', 'splendid', null, null, 0, null, null,
                            null, now(), null, now(), 1, 't', 0, 0)
                        """)).hasMessageContaining("condition");
    }
}
