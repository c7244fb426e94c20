package dev.lifeline.standalone.store;

import dev.lifeline.embedded.EmbeddedPostgres;
import dev.lifeline.standalone.CannotStartException;
import dev.lifeline.standalone.home.Home;
import dev.lifeline.standalone.home.Secrets;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The database server of {@code up}, with one database and a role and schema for each service. */
public final class PostgresNode implements AutoCloseable {

    /** The database. */
    public static final String DATABASE = "lifeline";

    private static final String FILE = "postgres.properties";
    private static final List<Role> ROLES = List.of(Role.POLLER, Role.PROJECTOR, Role.POLICY, Role.QUERY);

    private final Home home;
    private final Secrets secrets;
    private final EmbeddedPostgres postgres;

    private PostgresNode(Home home, Secrets secrets, EmbeddedPostgres postgres) {
        this.home = home;
        this.secrets = secrets;
        this.postgres = postgres;
    }

    /** The server of that home, not started; one that a killed process left behind is stopped. */
    public static PostgresNode of(Home home, Secrets secrets, int port) {
        ROLES.forEach(role -> secrets.password("postgres." + role.name()));
        EmbeddedPostgres postgres = EmbeddedPostgres.in(home.postgres())
                .port(port)
                .password(superuserPassword(secrets))
                .build();
        postgres.stopLeftover();
        return new PostgresNode(home, secrets, postgres);
    }

    /** Starts the server; returns once database, roles and schemas are there. */
    public void start() throws IOException {
        postgres.start();
        home.writePrivately(
                FILE,
                List.of(
                        "host=" + postgres.host(),
                        "port=" + postgres.port(),
                        "database=" + DATABASE,
                        "user=" + EmbeddedPostgres.SUPERUSER,
                        "password=" + superuserPassword(secrets)));
        try {
            prepareServer();
            prepareDatabase();
        } catch (SQLException e) {
            throw new CannotStartException("PostgreSQL's roles could not be prepared: " + e.getMessage(), e);
        }
    }

    private void prepareServer() throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (Role role : ROLES) {
                if (!exists(statement, "pg_roles WHERE rolname = '" + role.name() + "'")) {
                    statement.execute("CREATE ROLE " + role.name() + " LOGIN");
                }
                statement.execute("ALTER ROLE " + role.name() + " PASSWORD '" + password(role) + "'");
            }
            if (!exists(statement, "pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private void prepareDatabase() throws SQLException {
        try (Connection connection = postgres.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
            statement.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
            for (Role role : ROLES) {
                statement.execute("GRANT CONNECT ON DATABASE " + DATABASE + " TO " + role.name());
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + role.schema() + " AUTHORIZATION " + role.name());
                statement.execute("ALTER ROLE " + role.name() + " IN DATABASE " + DATABASE + " SET search_path = "
                        + role.schema());
            }
            // It stages changed rows in a table that only its connection sees.
            statement.execute("GRANT TEMPORARY ON DATABASE " + DATABASE + " TO " + Role.PROJECTOR.name());
        }
    }

    private static boolean exists(Statement statement, String fromWhere) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM " + fromWhere)) {
            return rows.next();
        }
    }

    public String host() {
        return postgres.host();
    }

    public int port() {
        return postgres.port();
    }

    public String jdbcUrl() {
        return postgres.jdbcUrl(DATABASE);
    }

    public String password(Role role) {
        return secrets.password("postgres." + role.name());
    }

    private static String superuserPassword(Secrets secrets) {
        return secrets.password(Secrets.DATABASE);
    }

    /** Stops it, also one that another thread is starting. */
    @Override
    public void close() {
        postgres.close();
        postgres.stopLeftover();
    }
}
