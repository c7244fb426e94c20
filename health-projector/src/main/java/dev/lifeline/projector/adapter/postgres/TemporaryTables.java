package dev.lifeline.projector.adapter.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.projector.adapter.postgres.Tables.Table;
import dev.lifeline.projector.rebuild.CannotReplayException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Tables like those of a read model which only one connection sees. They take no right but that to temporary tables, nobody is
 * to clear them away, however that connection ends, and what is written to them goes through no log of the database.
 */
public final class TemporaryTables implements AutoCloseable {

    private static final String LOCK =
            "SELECT pg_try_advisory_lock(hashtextextended('lifeline verification of ' || ?, 0))::text";
    private static final String REFERENCES = """
            SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE contype = 'f' AND connamespace = ?::regnamespace
            """;
    private static final String SCHEMA = "SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()";

    private final HikariDataSource connections;
    private final String schema;

    private TemporaryTables(HikariDataSource connections, String schema) {
        this.connections = connections;
        this.schema = schema;
    }

    /**
     * Makes them; empty when somebody else has some like these.
     *
     * @param live the schema of the read model that they are like
     * @param service reaches the database; a connection of their own is opened there
     */
    public static Optional<TemporaryTables> like(String live, HikariDataSource service) throws SQLException {
        HikariDataSource own = another(service, "pg_temp");
        try {
            Optional<TemporaryTables> made = in(own, live);
            if (made.isEmpty()) {
                own.close();
            }
            return made;
        } catch (SQLException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /**
     * Makes some for the operator, whoever else has some.
     *
     * @throws CannotReplayException when there is nothing that they could be like, or it is of another release
     */
    public static TemporaryTables like(String live, PostgresAccess operator) throws SQLException {
        String owner;
        try (Connection connection = operator.connections().getConnection()) {
            owner = ScratchSchema.ownerOf(live, connection);
        }
        ScratchSchema.requireThisRelease(live, operator.connections());
        HikariDataSource own = operator.connection("pg_temp", owner);
        try (Connection connection = own.getConnection()) {
            return made(connection, own, live);
        } catch (SQLException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private static Optional<TemporaryTables> in(HikariDataSource own, String live) throws SQLException {
        try (Connection connection = own.getConnection()) {
            return Sql.text(connection, LOCK, live).orElse("").equals("true")
                    ? Optional.of(made(connection, own, live))
                    : Optional.empty();
        }
    }

    private static TemporaryTables made(Connection connection, HikariDataSource own, String live) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> names = Stream.concat(
                            Tables.of(connection, live).stream().map(Table::name),
                            Stream.of("projection_offset", "owed_tombstone", "fold_version"))
                    .toList();
            for (String name : names) {
                statement.execute("CREATE TEMP TABLE " + name + " (LIKE " + live + "." + name
                        + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)");
            }
            for (String reference : references(connection, live, names)) {
                statement.execute(reference);
            }
            Origins.create(statement);
            PostgresSeeds.create(statement);
            UnfoundedLines.create(statement);
            ShareUsers.prepare(connection);
            return new TemporaryTables(own, Sql.text(connection, SCHEMA).orElseThrow());
        }
    }

    /** What goes with its user live goes with the user there. */
    private static List<String> references(Connection connection, String live, List<String> names) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(REFERENCES)) {
            select.setString(1, live);
            try (ResultSet found = select.executeQuery()) {
                List<String> references = new ArrayList<>();
                String prefix = live + ".";
                while (found.next()) {
                    String table = found.getString(1).substring(prefix.length());
                    if (names.contains(table)) {
                        references.add("ALTER TABLE " + table + " ADD "
                                + found.getString(2).replace(prefix, ""));
                    }
                }
                return references;
            }
        }
    }

    /** Another connection to the same database, which finds names in that schema. */
    public static HikariDataSource another(HikariDataSource service, String schema) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(service.getJdbcUrl());
        pool.setUsername(service.getUsername());
        pool.setPassword(service.getPassword());
        pool.getDataSourceProperties().putAll(service.getDataSourceProperties());
        pool.addDataSourceProperty("ApplicationName", "lifeline-verification " + schema);
        // A large share takes a while to sort.
        pool.addDataSourceProperty("socketTimeout", "600");
        pool.setConnectionInitSql("SET TIME ZONE 'UTC'");
        pool.setSchema(schema);
        pool.setPoolName("verification of " + schema);
        pool.setMaximumPoolSize(1);
        pool.setMinimumIdle(0);
        pool.setMaxLifetime(0);
        pool.setIdleTimeout(0);
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    /** Their connection, one at a time. */
    public DataSource connections() {
        return connections;
    }

    /** What the database calls their schema. */
    public String schema() {
        return schema;
    }

    /** Ends the connection, and with it the tables; the next may have some from then on. */
    @Override
    public void close() {
        try (Connection connection = connections.getConnection()) {
            Sql.text(connection, "SELECT pg_advisory_unlock_all()::text");
        } catch (SQLException e) {
            return; // it has ended, and its locks with it
        } finally {
            connections.close();
        }
    }
}
