package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.projector.adapter.postgres.Tables.Table;
import dev.lifeline.projector.rebuild.Share;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** A look at a live read model as it is at one moment, however much is folded meanwhile. */
public final class PostgresSnapshot {

    private PostgresSnapshot() {}

    /**
     * Lets the connection see the read model as of its next query, and nothing later, until it rolls back. The tables are held
     * before: had they been swapped between the look and a query, the query would find others, with rows that the look does not
     * see.
     *
     * @param share what is to be looked at
     */
    public static void begin(Connection connection, String schema, Share share) throws SQLException {
        if (share instanceof Share.OfPartition) {
            ShareUsers.prepare(connection);
        }
        List<Table> tables = Tables.of(connection, schema);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE "
                    + tables.stream().map(table -> schema + "." + table.name()).collect(Collectors.joining(", "))
                    + " IN ACCESS SHARE MODE");
        }
    }
}
