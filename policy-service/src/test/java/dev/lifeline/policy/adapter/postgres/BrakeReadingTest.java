package dev.lifeline.policy.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Operator;
import dev.lifeline.events.Topics;
import dev.lifeline.policy.PolicySchema;
import dev.lifeline.policy.application.BrakeReading;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** How well it is known what is paused: only when the user's commands and the operator's were read a moment ago. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrakeReadingTest {

    private static final int PARTITIONS = 2;
    private static final int OPERATORS = Topics.partitionOf(Operator.ID, PARTITIONS);
    private static final UUID USER = Stream.generate(UUID::randomUUID)
            .filter(user -> Topics.partitionOf(user, PARTITIONS) != OPERATORS)
            .findFirst()
            .orElseThrow();
    private static final BrakeTables.Bounds BOUNDS =
            new BrakeTables.Bounds("commands", Duration.ofSeconds(5), Duration.ofSeconds(10));

    private Database owner;

    @BeforeAll
    void migrate(Database database) {
        owner = PolicySchema.in(database);
    }

    @BeforeEach
    void forget() {
        owner.execute("DELETE FROM projection_offset");
    }

    private void read(int partition, String when) {
        owner.execute("INSERT INTO projection_offset VALUES ('commands', '" + Topics.AUTONOMY_COMMANDS.name() + "', "
                + partition + ", 0, " + when + ")");
    }

    private BrakeReading reading() throws SQLException {
        try (Connection tx = DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password())) {
            tx.setSchema("policy");
            return new StandingReader(new Trip(tx), BOUNDS)
                    .read(USER, Instant.EPOCH)
                    .brake();
        }
    }

    @Test
    void it_is_known_when_both_were_read_lately() throws SQLException {
        read(0, "now()");
        read(1, "now()");

        assertThat(reading().stale()).isNull();
    }

    @Test
    void it_is_not_before_any_command_was_read() throws SQLException {
        assertThat(reading().stale()).isEqualTo("the commands have never been read");
    }

    @Test
    void it_is_not_before_the_end_was_reached_once() throws SQLException {
        read(0, "NULL");
        read(1, "NULL");

        assertThat(reading().stale()).isEqualTo("the commands were last read to their end too long ago");
    }

    @Test
    void it_is_not_when_the_operators_may_lie_unread() throws SQLException {
        read(OPERATORS, "now() - interval '6 seconds'");
        read(1 - OPERATORS, "now()");

        assertThat(reading().stale()).isEqualTo("the commands were last read to their end too long ago");
    }

    @Test
    void it_is_not_when_the_users_may_lie_unread() throws SQLException {
        read(OPERATORS, "now()");
        read(1 - OPERATORS, "now() - interval '6 seconds'");

        assertThat(reading().stale()).isEqualTo("the commands were last read to their end too long ago");
    }
}
