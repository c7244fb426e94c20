package dev.lifeline.projector.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class PostgresSeedsTest {

    private static final UUID USER = new UUID(1, 1);

    @Test
    void keeps_the_newest_state_whatever_comes_late(Database database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            PostgresSeeds.create(statement);
            PostgresSeeds seeds = new PostgresSeeds(connection);
            ConnectorHealthChanged newest = state(Condition.NEEDS_REAUTH, 5, 12);
            seeds.keep(state(Condition.RETRYING, 4, 11));
            seeds.keep(newest);
            seeds.keep(state(Condition.RETRYING, 4, 11));

            assertThat(seeds.of(Set.of(USER), 0, 100)).containsExactly(newest);

            ConnectorHealthChanged counted =
                    state(Condition.OK, 2, 13); // from the start, by another version of the fold
            seeds.keep(counted);

            assertThat(seeds.of(Set.of(USER), 0, 100)).containsExactly(counted);
        }
    }

    private static ConnectorHealthChanged state(Condition condition, long version, long offset) {
        return new ConnectorHealthChanged(
                USER,
                "gmail",
                "sandbox",
                USER,
                1,
                1,
                condition.status(),
                condition,
                null,
                null,
                0,
                null,
                null,
                null,
                Instant.EPOCH,
                version,
                new SourcePosition("lifeline.connector.events", 0, offset));
    }
}
