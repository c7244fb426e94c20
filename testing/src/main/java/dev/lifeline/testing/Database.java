package dev.lifeline.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database, as one role reaches it.
 *
 * @param schema where names without a schema are looked for first; absent: the server's default
 */
public record Database(
        String host,
        int port,
        String name,
        String user,
        String password,
        @Nullable String schema) {

    /** What {@link #execute} and {@link #value} ask by: tests ask again and again until something is so. */
    private static final Map<Database, HikariDataSource> ASKING = new ConcurrentHashMap<>();

    private static final int SOON = 1_000;
    private static final int PATIENTLY = 20_000;

    public String jdbcUrl() {
        String url = "jdbc:postgresql://" + host + ":" + port + "/" + name;
        return schema == null ? url : url + "?currentSchema=" + schema;
    }

    /** A source of unpooled connections. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(jdbcUrl());
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /**
     * A pool of connections, as services have one: a server makes a process for each connection, and a fold asks for one many
     * times a second. To be closed.
     */
    public HikariDataSource pool() {
        return pool(SOON);
    }

    private HikariDataSource pool(int patienceMillis) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource());
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(16);
        config.setIdleTimeout(10_000);
        config.setConnectionTimeout(patienceMillis);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /**
     * A role of that name which owns that schema of this database, both made where they are missing.
     *
     * @return the same database as that role reaches it, its own schema first
     */
    public Database owner(String role, String ownSchema) {
        execute(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + role + "') THEN CREATE ROLE "
                        + role + " LOGIN PASSWORD '" + role + "'; END IF; END $$",
                "CREATE SCHEMA IF NOT EXISTS " + ownSchema + " AUTHORIZATION " + role);
        return new Database(host, port, name, role, role, ownSchema);
    }

    private Connection ask() throws SQLException {
        HikariDataSource pool = ASKING.computeIfAbsent(this, each -> each.pool(PATIENTLY));
        Connection connection = pool.getConnection();
        // a pool trusts what was used half a second ago, and a test may have taken the server away since
        while (!connection.isValid(PATIENTLY / 1_000)) {
            pool.evictConnection(connection);
            connection = pool.getConnection();
        }
        return connection;
    }

    /** Executes statements one by one, each in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = ask();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("in database " + name + " as " + user + ": " + e.getMessage(), e);
        }
    }

    /** The first column of the first row as text; null where there is no row, or no value in it. */
    public @Nullable String value(String query) {
        try (Connection connection = ask();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException("in database " + name + " as " + user + ": " + e.getMessage(), e);
        }
    }

    /** Leaves the password out, since test reports are published. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + name;
    }
}
