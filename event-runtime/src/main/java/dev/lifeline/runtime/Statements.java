package dev.lifeline.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one transaction that are sent together and waited for once, since it is the way to the database and back that
 * takes time. They are carried out one behind the other: each sees what was committed before it began, as if it had been sent
 * alone. When one fails, those behind it are not carried out.
 */
public final class Statements {

    private final Connection tx;
    private final List<String> waiting = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /** Reads answers. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(Answers answers) throws SQLException;
    }

    /** A parameter that may be absent, and so has to say of which of {@link java.sql.Types} it is. */
    public record Maybe(@Nullable Object value, int type) {}

    public Statements(Connection tx) {
        this.tx = tx;
    }

    /** Puts a statement behind those that wait. */
    public Statements add(String statement, @Nullable Object... values) {
        waiting.add(statement);
        parameters.addAll(Arrays.asList(values));
        return this;
    }

    /** An array of the database's, as a parameter. */
    public Object array(String type, @Nullable Object[] elements) throws SQLException {
        return tx.createArrayOf(type, elements);
    }

    /** Sends what waits, if anything does. */
    public void send() throws SQLException {
        if (!waiting.isEmpty()) {
            try (PreparedStatement all = prepared()) {
                all.execute();
            }
        }
    }

    /** Sends what waits, and reads the answers of those that are queries. */
    public <T> T ask(Reading<T> reading) throws SQLException {
        try (PreparedStatement all = prepared()) {
            return reading.read(new Answers(all, all.execute()));
        }
    }

    /** All that waits, which waits no more then. */
    private PreparedStatement prepared() throws SQLException {
        PreparedStatement statement = tx.prepareStatement(String.join(";\n", waiting));
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i) instanceof Maybe maybe) {
                statement.setObject(i + 1, maybe.value(), maybe.type());
            } else {
                statement.setObject(i + 1, parameters.get(i));
            }
        }
        waiting.clear();
        parameters.clear();
        return statement;
    }

    /** The answers, in the order of the statements. */
    public static final class Answers {

        private final PreparedStatement statement;
        private boolean query;
        private boolean first = true;

        private Answers(PreparedStatement statement, boolean query) {
            this.statement = statement;
            this.query = query;
        }

        /** The rows of the next query; what changed rows is passed over. */
        public ResultSet next() throws SQLException {
            if (!first) {
                query = statement.getMoreResults();
            }
            first = false;
            while (!query) {
                if (statement.getUpdateCount() < 0) {
                    throw new IllegalStateException("there were fewer queries than are read");
                }
                query = statement.getMoreResults();
            }
            return statement.getResultSet();
        }
    }
}
