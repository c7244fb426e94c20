package dev.lifeline.projector.adapter.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The tables of a read model that are folds of the log, as the database describes them. */
final class Tables {

    /** Of the runtime, of Flyway, and what says how things are going. All else follows from the log. */
    private static final Set<String> OTHERS = Set.of(
            "projection_offset",
            "outbox",
            "owed_tombstone",
            "flyway_schema_history",
            "replay_origin",
            "replay_seed",
            "replay_unprovable",
            "replay_borrowed",
            "replay_unfounded",
            "fold_version",
            "verification",
            "verification_difference",
            "share_user",
            "changed_connector");

    private static final String NAMES = """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = ? AND table_type IN ('BASE TABLE', 'LOCAL TEMPORARY') ORDER BY table_name
            """;
    // Database time is the one thing in which two folds of the same log differ.
    private static final String COLUMNS = """
            SELECT attribute.attname, format_type(attribute.atttypid, NULL),
                   coalesce(array_position(index.indkey::int2[], attribute.attnum), -1)
            FROM pg_attribute attribute
            LEFT JOIN pg_index index ON index.indrelid = attribute.attrelid AND index.indisprimary
            WHERE attribute.attrelid = (quote_ident(?) || '.' || quote_ident(?))::regclass
              AND attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attname <> 'updated_at'
            ORDER BY attribute.attnum
            """;

    private Tables() {}

    /** @param place in the primary key; below 0: not in it */
    record Column(String name, String type, int place) {

        boolean isKey() {
            return place >= 0;
        }

        /** As something whose order is known here as well as there: by bytes, or a number. */
        String sortable() {
            return type.equals("text") ? name + " COLLATE \"C\"" : name;
        }

        /** As text; of times the number of microseconds where it is a key. */
        String readable() {
            return isKey() && type.startsWith("timestamp")
                    ? "(extract(epoch FROM " + name + ") * 1000000)::bigint"
                    : name;
        }
    }

    /** @param columns in their order, without {@code updated_at} */
    record Table(String name, List<Column> columns) {

        /** Whether each row is one user's. */
        boolean isOfUsers() {
            return columns.stream().anyMatch(column -> column.name().equals("user_id"));
        }

        List<Column> key() {
            return columns.stream()
                    .filter(Column::isKey)
                    .sorted(Comparator.comparingInt(Column::place))
                    .toList();
        }
    }

    static List<Table> of(Connection connection, String schema) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(NAMES)) {
            select.setString(1, schema);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    if (!OTHERS.contains(found.getString(1))) {
                        tables.add(new Table(found.getString(1), columns(connection, schema, found.getString(1))));
                    }
                }
            }
        }
        return tables;
    }

    private static List<Column> columns(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COLUMNS)) {
            select.setString(1, schema);
            select.setString(2, table);
            try (ResultSet found = select.executeQuery()) {
                List<Column> columns = new ArrayList<>();
                while (found.next()) {
                    columns.add(new Column(found.getString(1), found.getString(2), found.getInt(3)));
                }
                return columns;
            }
        }
    }
}
