package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.projector.rebuild.CannotReplayException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema beside the live one, of the same owner and with the same tables, made by the same migrations. A comment on it says
 * what it is, so that nothing else is ever taken for it, and by which rules it is folded.
 */
public final class ScratchSchema implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchSchema.class);
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,40}");
    private static final String MARK = "lifeline replay; ";

    private static final String MIGRATIONS = "classpath:db/read_model";

    private static final String OWNER = "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = ?";
    private static final String COMMENT =
            "SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = ?";
    private static final String READERS = """
            SELECT string_agg(DISTINCT grantee, ',') FROM information_schema.role_table_grants
            WHERE table_schema = ? AND table_name = 'users' AND privilege_type = 'SELECT' AND grantee <> ?
            """;
    private static final String VERSION =
            "SELECT max(version::numeric)::text FROM %s.flyway_schema_history WHERE success AND version IS NOT NULL";
    private static final String LOCK =
            "SELECT pg_try_advisory_lock(hashtextextended('lifeline replay ' || ?, 0))::text";

    private static final String UNLOCK = "SELECT pg_advisory_unlock_all()::text";

    private final Connection held;
    private final String live;
    private final String name;
    private final String owner;
    private final boolean resumed;

    private ScratchSchema(Connection held, String live, String name, String owner, boolean resumed) {
        this.held = held;
        this.live = live;
        this.name = name;
        this.owner = owner;
        this.resumed = resumed;
    }

    /** Whether a schema may be called so. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.startsWith("pg_");
    }

    /**
     * The schema of that name, made where it is missing, and held until it is closed.
     *
     * @param rules by which it is folded, in words
     * @throws CannotReplayException when it is somebody else's, or can not be had now
     */
    public static ScratchSchema take(DataSource database, String live, String name, String rules) throws SQLException {
        if (name.equals(live)) {
            throw new CannotReplayException(name + " is the live read model; choose another name");
        }
        Connection held = database.getConnection();
        try {
            if (!Sql.text(held, LOCK, name).orElse("").equals("true")) {
                throw new CannotReplayException("another replay into " + name + " is under way");
            }
            String owner = ownerOf(live, held);
            Optional<String> comment = Sql.text(held, COMMENT, name);
            String mark = MARK + rules;
            comment.filter(found -> !found.equals(mark)).ifPresent(found -> refuse(name, found, rules));
            if (comment.isEmpty()) {
                create(held, name, owner, mark);
            }
            return new ScratchSchema(held, live, name, owner, comment.isPresent());
        } catch (SQLException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /** Who owns the live read model. */
    static String ownerOf(String live, Connection connection) throws SQLException {
        return Sql.text(connection, OWNER, live)
                .orElseThrow(() -> new CannotReplayException(
                        "there is no schema " + live + " to compare with; start health-projector first"));
    }

    private static void refuse(String name, String comment, String rules) {
        throw new CannotReplayException(
                comment.startsWith(MARK)
                        ? "%s was folded by other rules (%s), and this replay folds by %s; drop it (DROP SCHEMA %s CASCADE), or choose another name"
                                .formatted(name, comment.substring(MARK.length()), rules, name)
                        : "there is a schema " + name + ", and it is not of a replay; choose another name");
    }

    private static void create(Connection connection, String name, String owner, String mark) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name + " AUTHORIZATION " + owner);
            statement.execute("COMMENT ON SCHEMA " + name + " IS '" + mark + "'");
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw new CannotReplayException("the schema " + name + " can not be made: " + e.getMessage(), e);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** That the live tables are those that this release folds into; looks, and makes none. */
    static void requireThisRelease(String live, DataSource database) throws SQLException {
        String newest = Stream.of(Flyway.configure()
                        .dataSource(database)
                        .locations(MIGRATIONS)
                        .defaultSchema(live)
                        .load()
                        .info()
                        .all())
                .filter(migration -> migration.getState().isResolved())
                .map(migration -> migration.getVersion().getVersion())
                .reduce("none", (before, after) -> after);
        try (Connection connection = database.getConnection()) {
            String lives = Sql.text(connection, VERSION.formatted(live)).orElse("none");
            if (!lives.equals(newest)) {
                throw otherVersion(lives, newest);
            }
        }
    }

    private static CannotReplayException otherVersion(String lives, String own) {
        return new CannotReplayException(
                ("the live read model has version %s of its tables, and this release makes version %s; run the"
                                + " health-projector of this release first")
                        .formatted(lives, own));
    }

    /** Makes its tables, as the live ones were made. */
    public void migrate(DataSource scratch) throws SQLException {
        List<String> readers =
                List.of(Sql.text(held, READERS, live, owner).orElse(owner).split(","));
        try {
            Flyway.configure()
                    .dataSource(scratch)
                    .locations(MIGRATIONS)
                    .defaultSchema(name)
                    .createSchemas(false)
                    .placeholders(Map.of("reader", readers.getFirst()))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            Throwable first = e;
            while (first.getCause() != null) {
                first = first.getCause();
            }
            if (first instanceof SQLException ofTheDatabase) {
                throw ofTheDatabase;
            }
            throw e;
        }
        try (Connection connection = scratch.getConnection();
                Statement statement = connection.createStatement()) {
            Origins.create(statement);
            PostgresSeeds.create(statement);
            UnfoundedLines.create(statement);
            for (String reader : readers.subList(1, readers.size())) {
                statement.execute("GRANT USAGE ON SCHEMA " + name + " TO " + reader);
                statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA " + name + " TO " + reader);
            }
        }
        requireSameVersion();
    }

    private void requireSameVersion() throws SQLException {
        String lives = Sql.text(held, VERSION.formatted(live)).orElse("none");
        String own = Sql.text(held, VERSION.formatted(name)).orElse("none");
        if (!lives.equals(own)) {
            if (!resumed) {
                drop();
            }
            throw otherVersion(lives, own);
        }
    }

    /** Removes it, with all that is in it. */
    public void drop() throws SQLException {
        try (Statement statement = held.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
        }
    }

    public String name() {
        return name;
    }

    public String owner() {
        return owner;
    }

    /** Whether it was there already, from a replay before. */
    public boolean resumed() {
        return resumed;
    }

    /** Lets go of it; it stays. The server may take a while to notice that a connection has ended, and the lock goes at once. */
    @Override
    public void close() {
        try (held) {
            Sql.text(held, UNLOCK);
        } catch (SQLException gone) {
            LOG.debug("The lock of {} went with its connection", name, gone);
        }
    }
}
