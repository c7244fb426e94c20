package dev.lifeline.projector.rebuild;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.projector.adapter.kafka.AutonomyFold;
import dev.lifeline.projector.adapter.kafka.Versioned;
import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.projector.adapter.postgres.PostgresSwap;
import dev.lifeline.projector.adapter.postgres.ScratchSchema;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.Replay;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/**
 * Rebuilds the read model from the log in a schema of its own, while the live one is folded on, compares the two at one cut, and
 * puts the one in the place of the other. It touches nothing but its schema before.
 *
 * @see Refold
 */
public final class Rebuild implements AutoCloseable {

    /** The schema of the live read model. */
    public static final String LIVE = "read_model";

    private static final int MOST_SWAPS = 60;
    private static final Duration BETWEEN_SWAPS = Duration.ofMillis(500);

    private final PostgresAccess access;
    private final ScratchSchema schema;
    private final HikariDataSource scratch;
    private final Refold refold;

    /** Hears how a rebuild gets on. */
    public interface Progress extends Replay.Watcher {

        /** For those who do not want to hear of it. */
        Progress UNHEARD = new Progress() {
            @Override
            public void found(long records) {}

            @Override
            public void doing(String what) {}

            @Override
            public void passed(long records) {}
        };

        /** That so many records more are to be folded. */
        void found(long records);

        /** That something else is done now. */
        void doing(String what);
    }

    private Rebuild(PostgresAccess access, ScratchSchema schema, HikariDataSource scratch, Refold refold) {
        this.access = access;
        this.schema = schema;
        this.scratch = scratch;
        this.refold = refold;
    }

    /**
     * Takes the schema of that name, or goes on with what an earlier rebuild left there.
     *
     * @throws CannotReplayException when it is somebody else's, or can not be had now
     */
    public static Rebuild into(String name, PostgresAccess access, EventRuntime runtime, Duration grace)
            throws SQLException {
        requireKafka(access, runtime);
        ScratchSchema schema = ScratchSchema.take(access.connections(), LIVE, name, Versioned.rules(grace));
        HikariDataSource scratch = access.connections(name, schema.owner());
        try {
            schema.migrate(scratch);
            Refold refold = new Refold(access.connections(), runtime, grace, scratch, name, new Share.All());
            return new Rebuild(access, schema, scratch, refold);
        } catch (SQLException | RuntimeException e) {
            scratch.close();
            schema.close();
            throw e;
        }
    }

    private static void requireKafka(PostgresAccess access, EventRuntime runtime) {
        try (Replay<?> replay = runtime.replay(new AutonomyFold(), access.connections())) {
            replay.beginnings();
        } catch (KafkaException e) {
            throw new CannotReplayException("Kafka does not answer: " + e.getMessage(), e);
        }
    }

    /**
     * Looks whether there would be room for what a swap puts away, before anything is folded for it.
     *
     * @throws CannotReplayException when an earlier swap has left something there
     */
    public static void requireRoomToSwap(String name, PostgresAccess access) throws SQLException {
        try (Connection connection = access.connections().getConnection()) {
            PostgresSwap.requireRoom(connection, name);
        }
    }

    /** Whether it goes on with what an earlier one left. */
    public boolean resumed() {
        return schema.resumed();
    }

    /** Folds as far as live has come. */
    public void fold(Progress progress) throws SQLException, InterruptedException {
        refold.fold(progress);
    }

    /** Folds to the cut that live has come to now, and compares every row. */
    public Comparison compare(Progress progress) throws SQLException, InterruptedException {
        return refold.compare(progress).comparison();
    }

    /**
     * Puts the rebuilt read model in the place of the live one, whose tables go to another schema, and is at an end.
     *
     * @return the name of that other schema
     * @throws CannotReplayException when there was no moment for it; nothing has changed then
     */
    public String swap(Progress progress) throws SQLException, InterruptedException {
        progress.doing("swapping");
        analyze();
        for (int attempt = 0; attempt < MOST_SWAPS; attempt++) {
            fold(progress);
            if (trySwap(progress)) {
                return PostgresSwap.before(schema.name());
            }
            Thread.sleep(BETWEEN_SWAPS.toMillis());
        }
        throw new CannotReplayException("there was no moment to swap: long queries on the read model are in the way, or"
                + " health-projector does not run. Nothing has changed; the same command tries again");
    }

    private boolean trySwap(Progress progress) throws SQLException, InterruptedException {
        try (Connection tx = access.connections().getConnection()) {
            tx.setAutoCommit(false);
            PostgresSwap swap = new PostgresSwap(tx, LIVE, schema.name());
            try {
                Cut cut = swap.hold();
                if (!swap.allStaleNoted(cut)) {
                    return false;
                }
                refold.foldTo(cut, progress);
                refold.passTimeTo(cut);
                swap.swap(schema.owner());
                tx.commit();
                return true;
            } catch (SQLException e) {
                if (PostgresSwap.gaveWay(e)) {
                    return false;
                }
                throw e;
            } finally {
                tx.rollback();
            }
        }
    }

    /** Queries are planned by what the database knows of its tables. */
    private void analyze() throws SQLException {
        try (Connection connection = scratch.getConnection()) {
            PostgresSwap.analyze(connection, schema.name());
        }
    }

    /** What could not be folded, as live could not. */
    public Replay.PassedOver passedOver() {
        return refold.passedOver();
    }

    /** Removes the schema. */
    public void drop() throws SQLException {
        schema.drop();
    }

    /** Lets go of the schema; it stays. */
    @Override
    public void close() throws SQLException {
        refold.close();
        scratch.close();
        schema.close();
    }
}
