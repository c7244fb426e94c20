package dev.lifeline.projector.adapter.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binds rows column by column, an array each, to the parameters of a statement that reads {@code FROM unnest(?, ...)}, in
 * the order of the calls.
 *
 * <p>Numbers travel in binary, and so do times: as microseconds since 1970, which the statement turns into
 * {@code timestamptz} by {@link #time(String)}.
 */
final class Unnest<T> {

    private final PreparedStatement statement;
    private final List<T> rows;
    private int parameter;

    Unnest(PreparedStatement statement, List<T> rows) {
        this.statement = statement;
        this.rows = rows;
    }

    /** SQL for a time in a column that was bound by {@link #time}. */
    static String time(String column) {
        return "timestamptz 'epoch' + " + column + " * interval '1 microsecond'";
    }

    Unnest<T> uuid(Function<T, UUID> column) throws SQLException {
        UUID[] values = rows.stream().map(column).toArray(UUID[]::new);
        statement.setArray(++parameter, statement.getConnection().createArrayOf("uuid", values));
        return this;
    }

    Unnest<T> text(Function<T, @Nullable String> column) throws SQLException {
        @Nullable String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        statement.setArray(++parameter, statement.getConnection().createArrayOf("text", values));
        return this;
    }

    Unnest<T> bigint(ToLongFunction<T> column) throws SQLException {
        statement.setObject(++parameter, rows.stream().mapToLong(column).toArray());
        return this;
    }

    Unnest<T> integer(ToIntFunction<T> column) throws SQLException {
        statement.setObject(++parameter, rows.stream().mapToInt(column).toArray());
        return this;
    }

    Unnest<T> time(Function<T, @Nullable Instant> column) throws SQLException {
        @Nullable Long[] values = new Long[rows.size()];
        for (int i = 0; i < values.length; i++) {
            Instant value = column.apply(rows.get(i));
            values[i] = value == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, value);
        }
        statement.setArray(++parameter, statement.getConnection().createArrayOf("bigint", values));
        return this;
    }

    void execute() throws SQLException {
        statement.executeUpdate();
    }
}
