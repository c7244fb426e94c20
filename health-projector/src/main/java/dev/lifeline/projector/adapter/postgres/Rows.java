package dev.lifeline.projector.adapter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.projector.adapter.postgres.Tables.Column;
import dev.lifeline.projector.adapter.postgres.Tables.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a table in the order of its primary key, a few in memory at a time. */
final class Rows implements AutoCloseable {

    private static final int FETCHED_AT_ONCE = 2_000;

    private final List<Column> key;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private boolean present;
    private String[] place = {};
    private String content = "";

    private Rows(List<Column> key, PreparedStatement statement, ResultSet rows) {
        this.key = key;
        this.statement = statement;
        this.rows = rows;
    }

    /** @param from a table, or a query in brackets */
    static Rows of(Connection connection, Table table, String from) throws SQLException {
        List<Column> key = table.key();
        if (key.isEmpty()) {
            throw new IllegalStateException("the table " + table.name() + " has no primary key");
        }
        PreparedStatement statement = connection.prepareStatement("SELECT %s, ROW(%s)::text FROM %s AS t ORDER BY %s"
                .formatted(
                        joined(key, Column::readable),
                        joined(table.columns(), Column::name),
                        from,
                        joined(key, Column::sortable)));
        statement.setFetchSize(FETCHED_AT_ONCE);
        Rows rows = new Rows(key, statement, statement.executeQuery());
        rows.next();
        return rows;
    }

    boolean present() {
        return present;
    }

    void next() throws SQLException {
        present = rows.next();
        if (present) {
            place = new String[key.size()];
            for (int i = 0; i < place.length; i++) {
                place[i] = rows.getString(i + 1);
            }
            content = rows.getString(key.size() + 1);
        }
    }

    /** All columns in one. */
    String content() {
        return content;
    }

    /** Which of the two rows comes first; one that is not there comes last. */
    int compareTo(Rows other) {
        if (!present || !other.present) {
            return Boolean.compare(other.present, present);
        }
        for (int i = 0; i < place.length; i++) {
            int order = compare(key.get(i).type(), place[i], other.place[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(String type, String one, String other) {
        return switch (type) {
            case "text" -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
            case "uuid" -> one.compareTo(other);
            default -> Long.compare(Long.parseLong(one), Long.parseLong(other));
        };
    }

    String keyAsText() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < place.length; i++) {
            Column column = key.get(i);
            parts.add(column.type().startsWith("timestamp") ? instant(place[i]) : place[i]);
        }
        return String.join(", ", parts);
    }

    private static String instant(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS).toString();
    }

    /** The present row column by column. */
    Map<String, @Nullable String> columns(Connection connection, Table table, String from) throws SQLException {
        String where = key.stream()
                .map(column -> column.name() + " = " + given(column))
                .collect(Collectors.joining(" AND "));
        String query = "SELECT %s FROM %s AS t WHERE %s"
                .formatted(joined(table.columns(), column -> column.name() + "::text"), from, where);
        try (PreparedStatement select = connection.prepareStatement(query)) {
            for (int i = 0; i < place.length; i++) {
                select.setString(i + 1, place[i]);
            }
            try (ResultSet found = select.executeQuery()) {
                found.next();
                Map<String, @Nullable String> values = new LinkedHashMap<>();
                for (int i = 0; i < table.columns().size(); i++) {
                    values.put(table.columns().get(i).name(), found.getString(i + 1));
                }
                return values;
            }
        }
    }

    private static String given(Column column) {
        return column.type().startsWith("timestamp")
                ? "timestamptz 'epoch' + ?::bigint * interval '1 microsecond'"
                : "?::" + column.type();
    }

    private static String joined(List<Column> columns, Function<Column, String> each) {
        return columns.stream().map(each).collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        statement.close();
    }
}
