package dev.lifeline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class BackendsTest {

    @Test
    void gives_each_test_class_a_database_of_its_own(Database database, PostgresBackend postgres) {
        database.execute("CREATE TABLE mine (v text)");
        Database other = postgres.freshDatabase();

        assertThat(other.value("SELECT to_regclass('mine')")).isNull();
        assertThat(database.value("SELECT to_regclass('mine')")).isEqualTo("mine");
    }

    @Nested
    class in_a_nested_class {
        @Test
        void it_is_the_same_one(Database nested) {
            assertThat(nested.name())
                    .isNotEqualTo(Backends.postgres().freshDatabase().name());
        }
    }

    @Test
    void gives_roles_that_own_a_schema_and_see_no_other(Database database) {
        Database poller = database.owner("lifeline_poller", "poller");
        Database projector = database.owner("lifeline_projector", "read_model");

        poller.execute("CREATE TABLE secret (v text)");

        assertThat(poller.value("SELECT to_regclass('secret')")).isEqualTo("secret");
        assertThatThrownBy(() -> projector.execute("SELECT * FROM poller.secret"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void takes_the_database_away_and_brings_it_back_with_its_data(Database database, PostgresBackend postgres)
            throws SQLException {
        database.execute("CREATE TABLE kept (v text)", "INSERT INTO kept VALUES ('here')");
        postgres.stop();
        try {
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
        } finally {
            postgres.start();
        }
        assertThat(database.value("SELECT v FROM kept")).isEqualTo("here");
    }

    @Test
    void creates_topics_that_are_there_after_the_broker_was_away(KafkaBackend kafka) throws Exception {
        kafka.createTopics(List.of(new NewTopic("backends-test", 4, (short) 1)));
        kafka.createTopics(List.of(new NewTopic("backends-test", 4, (short) 1)));
        kafka.stop();
        kafka.start();

        try (Admin admin = kafka.admin()) {
            assertThat(admin.listTopics().names().get()).contains("backends-test");
        }
        kafka.deleteTopics(List.of("backends-test"));
    }
}
