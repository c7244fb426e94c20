package dev.lifeline.projector.adapter.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements with their parameters beside them. */
final class Sql {

    private Sql() {}

    /** How many rows were changed. */
    static int update(Connection tx, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** The same with each of some parameters, without waiting for an answer in between. */
    static void updateEach(Connection tx, String sql, List<@Nullable Object[]> parameters) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(sql)) {
            for (@Nullable Object[] each : parameters) {
                bind(statement, each);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The first column of the first row; empty where there is none, or it is null. */
    static Optional<String> text(Connection tx, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
            }
        }
    }

    /** Hands over each row. */
    static void rows(Connection tx, String sql, @Nullable Object parameter, RowReader to) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(sql)) {
            bind(statement, parameter);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    to.read(found);
                }
            }
        }
    }

    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            statement.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
    }
}
