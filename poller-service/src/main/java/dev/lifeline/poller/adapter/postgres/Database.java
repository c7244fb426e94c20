package dev.lifeline.poller.adapter.postgres;

import dev.lifeline.poller.application.UnavailableException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions on the poller's schema. A database that is away, or a transaction that lost against another, is an {@link
 * UnavailableException}: it may be tried again. What is wrong with a statement itself stays what it is.
 */
public final class Database {

    private static final String READ_ONLY = "25006";

    private final TransactionTemplate transactions;
    private final JdbcClient client;

    public Database(DataSource dataSource) {
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.client = JdbcClient.create(dataSource);
    }

    /** Does that in one transaction. */
    <T> T inTransaction(Function<JdbcClient, T> work) {
        try {
            return transactions.execute(status -> work.apply(client));
        } catch (TransientDataAccessException
                | RecoverableDataAccessException
                | DataAccessResourceFailureException
                | TransactionException e) {
            throw new UnavailableException("the database is away", e);
        } catch (DataAccessException e) {
            if (connectionIsGone(e)) {
                throw new UnavailableException("the database is away", e);
            }
            throw e;
        }
    }

    /** A duration as PostgreSQL reads an interval. */
    static String interval(Duration duration) {
        return duration.toMillis() + " milliseconds";
    }

    /**
     * SQLSTATE classes 08 (connection) and 57 (shutting down, starting up), which Spring does not always tell apart, and
     * 25006: a server that only reads, as one does that has handed over to another.
     */
    private static boolean connectionIsGone(DataAccessException e) {
        return e.getMostSpecificCause() instanceof java.sql.SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("08")
                        || sql.getSQLState().startsWith("57")
                        || sql.getSQLState().equals(READ_ONLY));
    }
}
