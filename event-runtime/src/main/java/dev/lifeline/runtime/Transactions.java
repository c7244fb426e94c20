package dev.lifeline.runtime;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in a transaction of its own: committed when it returns, rolled back when it throws. */
final class Transactions {

    /** What is to be done in a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection tx) throws SQLException;
    }

    private final DataSource database;

    Transactions(DataSource database) {
        this.database = database;
    }

    <T> T run(Work<T> work) throws SQLException {
        try (Connection tx = database.getConnection()) {
            tx.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.in(tx);
                tx.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollBack(tx);
                }
            }
        }
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
