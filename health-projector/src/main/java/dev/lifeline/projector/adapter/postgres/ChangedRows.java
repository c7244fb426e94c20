package dev.lifeline.projector.adapter.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table, read once, changed in memory and written once, however many events are about them. A row has a sequence,
 * that of the newest event which it reflects, and no event changes it whose sequence is not above that. Values are kept as the
 * database writes them in text.
 */
final class ChangedRows {

    private static final String SEQUENCE = "sequence";

    private final Connection tx;
    private final List<String> columns;
    private final String upsert;
    private final Map<UUID, Map<String, @Nullable String>> rows = new HashMap<>();
    private final Set<UUID> changed = new LinkedHashSet<>();

    /**
     * Reads rows.
     *
     * @param types of each column but {@code updated_at} its name and type, the primary key first
     */
    ChangedRows(Connection tx, String table, List<Column> types, Collection<UUID> ids) throws SQLException {
        this.tx = tx;
        this.columns = types.stream().map(Column::name).toList();
        String key = columns.getFirst();
        this.upsert = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + types.stream().map(column -> "?::" + column.type()).collect(Collectors.joining(", "))
                + ") ON CONFLICT (" + key + ") DO UPDATE SET "
                + columns.stream()
                        .skip(1)
                        .map(column -> column + " = excluded." + column)
                        .collect(Collectors.joining(", "))
                + ", updated_at = now()";
        if (!ids.isEmpty()) {
            String read = "SELECT " + String.join(", ", columns) + " FROM " + table + " WHERE " + key + " = ANY (?)";
            Sql.rows(tx, read, tx.createArrayOf("uuid", ids.toArray()), this::read);
        }
    }

    /** @param type as the database calls it */
    record Column(String name, String type) {}

    private void read(ResultSet found) throws SQLException {
        Map<String, @Nullable String> row = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), found.getString(i + 1));
        }
        rows.put(found.getObject(1, UUID.class), row);
    }

    /** A value of a row; absent where it has none, or there is no such row. */
    @Nullable
    String value(UUID id, String column) {
        return rows.getOrDefault(id, Map.of()).get(column);
    }

    boolean has(UUID id) {
        return rows.containsKey(id);
    }

    /** Adds a row that is not there; its other values are absent. */
    boolean add(UUID id, long sequence, Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable String> row = new HashMap<>();
        row.put(columns.getFirst(), id.toString());
        row.put(SEQUENCE, Long.toString(Long.MIN_VALUE));
        rows.put(id, row);
        return change(id, sequence, values);
    }

    /** Gives a row other values; whether it was there, and older than that. */
    boolean change(UUID id, long sequence, Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable String> row = rows.get(id);
        if (row == null || Long.parseLong(Objects.requireNonNull(row.get(SEQUENCE))) >= sequence) {
            return false;
        }
        values.forEach((column, value) -> row.put(column, value == null ? null : value.toString()));
        row.put(SEQUENCE, Long.toString(sequence));
        changed.add(id);
        return true;
    }

    /** Writes what has changed. */
    void save() throws SQLException {
        List<@Nullable Object[]> parameters = new ArrayList<>();
        for (UUID id : changed) {
            Map<String, @Nullable String> row = Objects.requireNonNull(rows.get(id));
            parameters.add(columns.stream().map(row::get).toArray());
        }
        if (!parameters.isEmpty()) {
            Sql.updateEach(tx, upsert, parameters);
        }
        changed.clear();
    }
}
