package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.projector.adapter.postgres.Tables.Table;
import dev.lifeline.projector.rebuild.CannotReplayException;
import dev.lifeline.projector.rebuild.Cut;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts the tables of a rebuilt read model in the place of the live ones, in one transaction. Offsets and outbox stay: they
 * are those of the live folds, and the rebuilt rows reflect exactly these offsets.
 *
 * <p>{@link #hold} keeps the live folds waiting, not the readers. {@link #swap} keeps the readers waiting too, for the moment
 * that it takes; whoever waits finds the tables under the same names, and reads them as they are after the swap. Where a
 * reader holds a table for longer than {@value #PATIENCE}, the swap gives way, before anybody could be refused.
 */
public final class PostgresSwap {

    private static final String PATIENCE = "300ms";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";

    private final Connection tx;
    private final String live;
    private final String scratch;

    /** @param tx a transaction of one who may act as the owner; whoever opened it ends it */
    public PostgresSwap(Connection tx, String live, String scratch) {
        this.tx = tx;
        this.live = live;
        this.scratch = scratch;
    }

    /** Where the tables go that were live. */
    public static String before(String scratch) {
        return scratch + "_before";
    }

    /** @throws CannotReplayException when something is where the tables would go that are live */
    public static void requireRoom(Connection connection, String scratch) throws SQLException {
        String before = before(scratch);
        if (Sql.text(connection, "SELECT 'yes' FROM pg_namespace WHERE nspname = ?", before)
                .isPresent()) {
            throw new CannotReplayException(
                    ("there is a schema %s, where this swap would put what is live now; when nobody needs it any more, drop"
                                    + " it (DROP SCHEMA %s CASCADE), or choose another name than %s")
                            .formatted(before, before, scratch));
        }
    }

    /** Whether that failure only means that somebody was in the way. */
    public static boolean gaveWay(SQLException failure) {
        return LOCK_NOT_AVAILABLE.equals(failure.getSQLState()) || DEADLOCK.equals(failure.getSQLState());
    }

    /** Counts what is in the rebuilt tables, so that queries are planned as well as before. */
    public static void analyze(Connection connection, String scratch) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Table table : Tables.of(connection, scratch)) {
                statement.execute("ANALYZE " + scratch + "." + table.name());
            }
        }
    }

    /** Lets the live folds wait until the transaction ends; where they have come to. */
    public Cut hold() throws SQLException {
        // Whoever holds it and goes silent must not hold up everything.
        execute("SET LOCAL lock_timeout = '" + PATIENCE + "'", "SET LOCAL idle_in_transaction_session_timeout = '10s'");
        execute("LOCK TABLE " + live + ".projection_offset IN SHARE ROW EXCLUSIVE MODE");
        return PostgresCut.of(tx, live);
    }

    /** Whether the live fold has noted everything that is stale at a cut, and told subscribers. */
    public boolean allStaleNoted(Cut cut) throws SQLException {
        String overdue =
                "SELECT 'overdue' FROM " + live + ".connector_health WHERE " + AsOfCut.overdue(cut) + " LIMIT 1";
        return Sql.text(tx, overdue).isEmpty();
    }

    /** Moves the tables; readers see it when the transaction commits, and look at everything again. */
    public void swap(String owner) throws SQLException {
        // Before readers wait: whoever writes waits already.
        new CarriedOver(tx, live, scratch).carry(Origins.of(tx, scratch));
        List<Table> tables = Tables.of(tx, scratch);
        execute("LOCK TABLE " + inOrderOfReaders(tables) + " IN ACCESS EXCLUSIVE MODE");
        execute("CREATE SCHEMA " + before(scratch) + " AUTHORIZATION " + owner);
        for (Table table : tables) {
            execute(
                    "ALTER TABLE " + live + "." + table.name() + " SET SCHEMA " + before(scratch),
                    "ALTER TABLE " + scratch + "." + table.name() + " SET SCHEMA " + live);
        }
        execute(
                "DELETE FROM " + live + ".fold_version",
                "INSERT INTO " + live + ".fold_version SELECT * FROM " + scratch + ".fold_version");
        execute("DROP SCHEMA " + scratch + " CASCADE");
        execute("NOTIFY " + PostgresReadModel.CHANNEL + ", '" + PostgresReadModel.EVERYBODY + "'");
    }

    /**
     * Users first, then by name, as statements that read several of them do. One that has them in another order can hold one
     * table and wait for the next while the swap has that and waits for the first; then the swap gives way.
     */
    private String inOrderOfReaders(List<Table> tables) {
        return tables.stream()
                .map(Table::name)
                .sorted(Comparator.comparing((String name) -> !name.equals("users"))
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> live + "." + name)
                .collect(Collectors.joining(", "));
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = tx.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
