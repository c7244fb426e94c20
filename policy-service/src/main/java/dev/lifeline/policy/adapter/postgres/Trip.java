package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.runtime.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * The way to the database and back. What is only written waits for the next that is read by the same, or for the end of the
 * transaction, and goes along with it.
 */
final class Trip {

    private final Statements statements;

    Trip(Connection tx) {
        this.statements = new Statements(tx);
    }

    Trip add(String statement, @Nullable Object... parameters) {
        statements.add(statement, parameters);
        return this;
    }

    <T> T ask(Statements.Reading<T> reading) {
        try {
            return statements.ask(reading);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Sends what waits, whose answers say nothing. */
    void send() {
        try {
            statements.send();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static UncategorizedSQLException failed(SQLException e) {
        return new UncategorizedSQLException("several statements", null, e);
    }

    /** What still waits, for who ends the transaction. */
    Statements statements() {
        return statements;
    }
}
