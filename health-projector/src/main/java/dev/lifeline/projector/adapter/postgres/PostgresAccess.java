package dev.lifeline.projector.adapter.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to reach the database that has the read model.
 *
 * @param user the owner of the read model, or one who may act as the owner
 */
public record PostgresAccess(String host, int port, String database, String user, String password) {

    private static final int CONNECT_SECONDS = 5;

    /** Connections that the given user has, with times in UTC. */
    public DataSource connections() {
        return source("lifeline-replay", "-c TimeZone=UTC");
    }

    /**
     * Connections that act as a role and find names in a schema. What they commit is on disk a little later; whatever commits
     * durably after them makes them durable, too.
     */
    public HikariDataSource connections(String schema, String role) {
        return new HikariDataSource(pool(schema, role, 2));
    }

    /** One such connection at a time, the same as long as it lives. */
    HikariDataSource connection(String schema, String role) {
        HikariConfig pool = pool(schema, role, 1);
        pool.setMinimumIdle(0);
        pool.setMaxLifetime(0);
        pool.setIdleTimeout(0);
        return new HikariDataSource(pool);
    }

    private HikariConfig pool(String schema, String role, int size) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source(
                "lifeline-replay-fold",
                "-c TimeZone=UTC -c synchronous_commit=off -c role=" + role + " -c search_path=" + schema));
        pool.setPoolName("replay");
        pool.setMaximumPoolSize(size);
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
        return pool;
    }

    private PGSimpleDataSource source(String name, String options) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setApplicationName(name);
        source.setOptions(options);
        return source;
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
