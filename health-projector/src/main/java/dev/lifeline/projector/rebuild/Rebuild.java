package dev.lifeline.projector.rebuild;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.projector.adapter.kafka.ActionFold;
import dev.lifeline.projector.adapter.kafka.AutonomyFold;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.projector.adapter.postgres.PostgresComparison;
import dev.lifeline.projector.adapter.postgres.PostgresCut;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.adapter.postgres.ScratchSchema;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Replay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds the read model from the log in a schema of its own, while the live one is folded on, and compares the two at one
 * cut. It folds with the same code as live, and touches nothing but its schema.
 *
 * <p>First it folds as far as live has come; when little is left, it takes a snapshot of the live tables, whose offsets are the
 * cut, folds exactly so far, and lets the same time pass.
 */
public final class Rebuild implements AutoCloseable {

    /** The schema of the live read model. */
    public static final String LIVE = "read_model";

    private static final long FEW_RECORDS = 2_000;
    private static final int MOST_ROUNDS = 20;

    private final PostgresAccess access;
    private final EventRuntime runtime;
    private final Duration grace;
    private final ScratchSchema schema;
    private final HikariDataSource scratch;
    private final List<Replay<?>> replays = new ArrayList<>();

    /** Hears how a rebuild gets on. */
    public interface Progress extends Replay.Watcher {

        /** That so many records more are to be folded. */
        void found(long records);

        /** That something else is done now. */
        void doing(String what);
    }

    private Rebuild(
            PostgresAccess access,
            EventRuntime runtime,
            Duration grace,
            ScratchSchema schema,
            HikariDataSource scratch) {
        this.access = access;
        this.runtime = runtime;
        this.grace = grace;
        this.schema = schema;
        this.scratch = scratch;
    }

    /**
     * Takes the schema of that name, or goes on with what an earlier rebuild left there.
     *
     * @throws CannotReplayException when it is somebody else's, or can not be had now
     */
    public static Rebuild into(String name, PostgresAccess access, EventRuntime runtime, Duration grace)
            throws SQLException {
        ScratchSchema schema = ScratchSchema.take(access.connections(), LIVE, name, grace);
        HikariDataSource scratch = access.connections(name, schema.owner());
        try {
            schema.migrate(scratch);
            return new Rebuild(access, runtime, grace, schema, scratch);
        } catch (SQLException | RuntimeException e) {
            scratch.close();
            schema.close();
            throw e;
        }
    }

    /** Whether it goes on with what an earlier one left. */
    public boolean resumed() {
        return schema.resumed();
    }

    /** Folds as far as live has come. */
    public void fold(Progress progress) throws SQLException, InterruptedException {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Cut far;
            try (Connection live = access.connections().getConnection()) {
                far = PostgresCut.of(live, LIVE);
            }
            long left = foldTo(far, progress);
            if (left < FEW_RECORDS) {
                return;
            }
        }
    }

    /** Folds to the cut that live has come to now, and compares every row. */
    public Comparison compare(Progress progress) throws SQLException, InterruptedException {
        try (Connection live = access.connections().getConnection()) {
            live.setReadOnly(true);
            live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            live.setAutoCommit(false);
            Cut cut = PostgresCut.of(live, LIVE);
            foldTo(cut, progress);
            progress.doing("comparing");
            passTimeTo(cut);
            try (Connection rebuilt = scratch.getConnection()) {
                rebuilt.setAutoCommit(false);
                Comparison comparison = new PostgresComparison(live, LIVE, rebuilt, schema.name()).at(cut);
                rebuilt.rollback();
                return comparison;
            } finally {
                live.rollback();
            }
        }
    }

    /** What could not be folded, as live could not. */
    public Replay.PassedOver passedOver() {
        return replays.stream()
                .map(Replay::passedOver)
                .reduce(
                        new Replay.PassedOver(0, 0),
                        (one, other) -> new Replay.PassedOver(
                                one.unreadable() + other.unreadable(), one.unknown() + other.unknown()));
    }

    /** Removes the schema. */
    public void drop() throws SQLException {
        schema.drop();
    }

    /** How many records there were to fold. */
    private long foldTo(Cut cut, Progress progress) throws SQLException, InterruptedException {
        List<Replay<?>> now = List.of(
                replay(connectorFold()),
                replay(new AutonomyFold(PostgresReadModel::unannounced)),
                replay(new ActionFold(PostgresReadModel::unannounced)));
        List<String> names = List.of(ConnectorHealthFold.NAME, AutonomyFold.NAME, ActionFold.NAME);
        long found = 0;
        for (int i = 0; i < now.size(); i++) {
            found += left(now.get(i), cut.ends(names.get(i)));
        }
        progress.found(found);
        for (int i = 0; i < now.size(); i++) {
            now.get(i).fold(cut.ends(names.get(i)), progress);
        }
        replays.addAll(now);
        return found;
    }

    private static long left(Replay<?> replay, Map<Integer, Long> ends) throws SQLException {
        Map<Integer, Long> beginnings = replay.beginnings();
        long left = 0;
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            long beginning = beginnings.getOrDefault(end.getKey(), 0L);
            long from = replay.stored(end.getKey()).orElse(beginning);
            if (from > end.getValue() && from > beginning) {
                throw new CannotReplayException(
                        "partition %d was replayed to offset %d, and live has come to %d only; drop the schema and begin anew"
                                .formatted(end.getKey(), from, end.getValue()));
            }
            left += Math.max(0, end.getValue() - from);
        }
        return left;
    }

    /** A fold remembers when to look for what is overdue; a new one looks at once. */
    private void passTimeTo(Cut cut) throws SQLException {
        Replay<?> connectors = replay(connectorFold());
        for (Cut.Part part : cut.of(ConnectorHealthFold.NAME)) {
            if (part.caughtUpAt() != null) {
                connectors.passTime(part.partition(), part.caughtUpAt());
            }
        }
    }

    private ConnectorHealthFold connectorFold() {
        return new ConnectorHealthFold(
                new ConnectorFold(grace), new FoldMetrics(new SimpleMeterRegistry()), PostgresReadModel::unannounced);
    }

    private Replay<?> replay(Fold<?> fold) {
        return runtime.replay(fold, scratch);
    }

    /** Lets go of the schema; it stays. */
    @Override
    public void close() throws SQLException {
        scratch.close();
        schema.close();
    }
}
