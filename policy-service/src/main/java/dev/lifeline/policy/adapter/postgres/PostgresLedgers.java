package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UnreadableMessageException;
import dev.lifeline.events.rule.MalformedException;
import dev.lifeline.policy.application.Ledger;
import dev.lifeline.policy.application.Ledgers;
import dev.lifeline.policy.application.UnavailableException;
import dev.lifeline.runtime.Statements;
import dev.lifeline.runtime.TransientFailureException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The state in PostgreSQL. What is told goes into the outbox of the same transaction. */
public final class PostgresLedgers implements Ledgers {

    private static final String LIVE = "state IN ('open', 'waiting', 'approved')";

    private static final String TWICE = "23505";
    private static final Set<String> WRONG = Set.of("22", "23", "42");

    private final DataSource database;
    private final JdbcClient client;
    private final Outbox outbox;
    private final BrakeTables.Bounds bounds;
    private final Semaphore room;
    /** In no order, so that instances that do this at once seldom meet. */
    private static final String TO_RECONSIDER =
            """
            SELECT decision_id FROM (
              (SELECT decision_id FROM decision
                WHERE %s AND decision_id <> ALL (?::uuid[]) ORDER BY reconsider_at LIMIT ?)
              UNION
              (SELECT decision_id FROM decision
                WHERE %s AND decision_id <> ALL (?::uuid[]) ORDER BY updated_at LIMIT ?)
            ) due ORDER BY random()
            """.formatted(DecisionTable.MAY_HAVE_PASSED, DecisionTable.OLDER_THAN_A_LIFT);

    private final Duration patience;

    /** Where what is told is put, and told from once the transaction has committed. */
    public interface Outbox {
        /** Puts it into the transaction, with the last of its statements. */
        void append(Statements last, List<ActionEvent> events) throws SQLException;

        /** Says that the transaction has committed. */
        void committed();
    }

    /**
     * How many transactions may be under way at once, so that whoever reads the commands finds a connection however many ask;
     * and how long one waits to begin.
     */
    public record Room(int transactions, Duration patience) {}

    /**
     * @param projection which fold reads the commands
     * @param commandsWithin how long ago a partition of them may have been read to its end
     * @param instanceWithin how long ago an instance may have been heard of
     */
    public PostgresLedgers(
            DataSource database,
            Outbox outbox,
            Room room,
            String projection,
            Duration commandsWithin,
            Duration instanceWithin) {
        this.database = database;
        this.client = JdbcClient.create(database);
        this.outbox = outbox;
        this.room = new Semaphore(room.transactions(), true);
        this.patience = room.patience();
        this.bounds = new BrakeTables.Bounds(projection, commandsWithin, instanceWithin);
    }

    /** Does that in a transaction that somebody else commits. */
    public <T> T within(Connection tx, Function<Ledger, T> work) throws SQLException {
        PostgresLedger ledger = new PostgresLedger(tx, bounds);
        T result = work.apply(ledger);
        outbox.append(ledger.waiting(), ledger.told());
        ledger.waiting().send();
        return result;
    }

    @Override
    public <T> T inTransaction(Function<Ledger, T> work) {
        enter();
        try {
            return transaction(work);
        } finally {
            room.release();
        }
    }

    private void enter() {
        try {
            if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("too many ask at once", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("this instance stops", e);
        }
    }

    private <T> T transaction(Function<Ledger, T> work) {
        try (Connection tx = database.getConnection()) {
            tx.setAutoCommit(false);
            boolean committed = false;
            try {
                PostgresLedger ledger = new PostgresLedger(tx, bounds);
                T result = work.apply(ledger);
                outbox.append(ledger.waiting(), ledger.told());
                ledger.waiting()
                        .add("COMMIT")
                        .send(); // goes along; what fails before it keeps it from being carried out
                committed = true;
                outbox.committed();
                return result;
            } finally {
                if (!committed) {
                    rollBack(tx);
                }
            }
        } catch (SQLException e) {
            throw failure(e, e);
        } catch (DataAccessException e) {
            throw e.getMostSpecificCause() instanceof SQLException sql
                    ? failure(e, sql)
                    : new UnavailableException("the database is away", e);
        } catch (TransientFailureException e) {
            throw new UnavailableException("Kafka is away", e);
        } catch (UnreadableMessageException | MalformedException e) {
            throw new UnavailableException("what is stored can not be read by this release", e);
        }
    }

    @Override
    public List<UUID> expired(Instant now, int limit, Set<UUID> without) {
        return read(
                "SELECT decision_id FROM decision WHERE " + LIVE
                        + " AND expires_at <= ? AND decision_id <> ALL (?::uuid[]) ORDER BY expires_at LIMIT ?",
                PostgresLedger.time(now),
                array(without),
                limit);
    }

    @Override
    public List<UUID> toReconsider(int limit, Set<UUID> without) {
        return read(TO_RECONSIDER, array(without), limit, array(without), limit);
    }

    @Override
    public void heartbeat(String instance, boolean leverPulled) {
        client.sql("""
                        INSERT INTO instance (instance_id, auto_execute_disabled) VALUES (?, ?)
                        ON CONFLICT (instance_id) DO UPDATE
                        SET auto_execute_disabled = excluded.auto_execute_disabled, heard_at = clock_timestamp()
                        """).params(instance, leverPulled).update();
    }

    @Override
    public Pulled pulled() {
        return client.sql("""
                        SELECT (SELECT count(*) FROM operator_pause WHERE paused),
                               (SELECT count(*) FROM unreadable_command WHERE resolved_at IS NULL)
                        """)
                .query((row, n) -> new Pulled(row.getLong(1), row.getLong(2)))
                .single();
    }

    @Override
    public void tidy() {
        client.sql("DELETE FROM instance WHERE heard_at < now() - interval '1 day'")
                .update();
        client.sql("DELETE FROM handled_command WHERE handled_at < now() - interval '40 days'")
                .update();
        client.sql("DELETE FROM spend WHERE day < current_date - 40").update();
        client.sql("DELETE FROM decision WHERE created_at < now() - make_interval(days => ?) AND NOT (" + LIVE + ")")
                .params((int) Topics.FACT_RETENTION.toDays())
                .update();
    }

    private static String array(Set<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private List<UUID> read(String sql, Object... parameters) {
        return client.sql(sql)
                .params(parameters)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    private static RuntimeException failure(Exception failure, SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        if (state.equals(TWICE)) {
            return new UnavailableException("the same is being done by another", failure);
        }
        // A statement is wrong, or its data: then waiting helps nobody.
        return WRONG.stream().anyMatch(state::startsWith)
                ? new IllegalStateException("the database refuses what it is told", failure)
                : new UnavailableException("the database is away", failure);
    }

    private static void rollBack(Connection tx) {
        try {
            tx.rollback();
        } catch (SQLException broken) {
            // The connection is broken, so the database rolls back by itself; the first failure is the one to report.
            return;
        }
    }
}
