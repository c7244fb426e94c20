package dev.lifeline.projector.rebuild;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.adapter.kafka.ActionFold;
import dev.lifeline.projector.adapter.kafka.AutonomyFold;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.ErasureFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.adapter.kafka.SeedFold;
import dev.lifeline.projector.adapter.kafka.SeededFold;
import dev.lifeline.projector.adapter.kafka.WithoutErased;
import dev.lifeline.projector.adapter.postgres.Origins;
import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.projector.adapter.postgres.PostgresComparison;
import dev.lifeline.projector.adapter.postgres.PostgresCut;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.adapter.postgres.PostgresSeeds;
import dev.lifeline.projector.adapter.postgres.PostgresSwap;
import dev.lifeline.projector.adapter.postgres.ScratchSchema;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Replay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

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
    private static final int MOST_SWAPS = 60;
    private static final Duration BETWEEN_SWAPS = Duration.ofMillis(500);

    private final PostgresAccess access;
    private final EventRuntime runtime;
    private final Duration grace;
    private final ScratchSchema schema;
    private final HikariDataSource scratch;
    private final Map<String, Replay<?>> replays;
    private @Nullable UUID only;

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
        List<Fold<?>> folds = List.of(
                new ErasureFold(PostgresReadModel::unannounced),
                new WithoutErased<>(seededFold()),
                new WithoutErased<>(new AutonomyFold(PostgresReadModel::unannounced)),
                new WithoutErased<>(new ActionFold(PostgresReadModel::unannounced)));
        this.replays = folds.stream().collect(Collectors.toMap(Fold::name, fold -> runtime.replay(fold, scratch)));
    }

    /**
     * Takes the schema of that name, or goes on with what an earlier rebuild left there.
     *
     * @throws CannotReplayException when it is somebody else's, or can not be had now
     */
    public static Rebuild into(String name, PostgresAccess access, EventRuntime runtime, Duration grace)
            throws SQLException {
        requireKafka(access, runtime);
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

    /**
     * What the log comes to for one user alone, in a schema of its own that nobody needs afterwards: {@link #drop} it.
     *
     * @throws CannotReplayException when it can not be had now
     */
    public static Rebuild ofUser(UUID userId, PostgresAccess access, EventRuntime runtime, Duration grace)
            throws SQLException {
        String name = "audit_" + Long.toString(ProcessHandle.current().pid(), 36) + "_"
                + Long.toUnsignedString(System.nanoTime(), 36);
        Rebuild rebuild = into(name, access, runtime, grace);
        rebuild.only = userId;
        Predicate<String> keys = key -> key.equals(userId.toString()) || key.equals(Operator.KEY);
        rebuild.replays.values().forEach(replay -> replay.only(keys));
        return rebuild;
    }

    private static void requireKafka(PostgresAccess access, EventRuntime runtime) {
        try (Replay<?> replay = runtime.replay(new AutonomyFold(), access.connections())) {
            replay.beginnings();
        } catch (KafkaException e) {
            throw new CannotReplayException("Kafka does not answer: " + e.getMessage(), e);
        }
    }

    /** Whether it goes on with what an earlier one left. */
    public boolean resumed() {
        return schema.resumed();
    }

    /** Folds as far as live has come. */
    public void fold(Progress progress) throws SQLException, InterruptedException {
        foldErasures(progress);
        noteOrigins();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            long left = foldTo(far(), progress);
            if (left < FEW_RECORDS) {
                return;
            }
        }
    }

    /** As far as live has come. */
    private Cut far() throws SQLException {
        try (Connection live = access.connections().getConnection()) {
            return concerning(PostgresCut.of(live, LIVE));
        }
    }

    /** Nothing of an erased user is to be kept, not even where it would begin from. */
    private void foldErasures(Progress progress) throws SQLException, InterruptedException {
        Replay<?> erasures = Objects.requireNonNull(replays.get(ErasureFold.NAME));
        erasures.fold(far().ends(ErasureFold.NAME), progress);
    }

    /** Where the log's beginning is gone, connectors begin from the newest record that the health topic has of each. */
    private void noteOrigins() throws SQLException, InterruptedException {
        boolean seeds = false;
        for (Replay<?> replay : replays.values()) {
            for (Map.Entry<Integer, Long> beginning : replay.beginnings().entrySet()) {
                int partition = beginning.getKey();
                if (beginning.getValue() > 0 && replay.stored(partition).isEmpty()) {
                    Instant time = replay.firstTime(partition).orElse(null);
                    note(new Origins.Origin(replay.topic().name(), partition, beginning.getValue(), time));
                    seeds |= replay.topic().equals(Topics.CONNECTOR_EVENTS);
                }
            }
        }
        if (seeds) {
            try (Replay<?> health = runtime.replay(new WithoutErased<>(new SeedFold()), scratch)) {
                if (only != null) {
                    String prefix = only + "/";
                    health.only(key -> key.startsWith(prefix));
                }
                health.fold(health.ends(), records -> {});
            }
            try (Connection tx = scratch.getConnection()) {
                tx.setAutoCommit(false);
                new PostgresSeeds(tx).plant(LIVE);
                tx.commit();
            }
        }
    }

    /** The partitions in which something lies that is folded here. */
    private Cut concerning(Cut cut) {
        UUID userId = only;
        return userId == null ? cut : cut.concerning(userId);
    }

    private void note(Origins.Origin origin) throws SQLException {
        try (Connection connection = scratch.getConnection()) {
            Origins.note(connection, origin);
        }
    }

    /** Folds to the cut that live has come to now, and compares every row. */
    public Comparison compare(Progress progress) throws SQLException, InterruptedException {
        try (Connection live = access.connections().getConnection()) {
            live.setReadOnly(true);
            live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            live.setAutoCommit(false);
            Cut cut = PostgresCut.of(live, LIVE);
            foldTo(concerning(cut), progress);
            progress.doing("comparing");
            passTimeTo(concerning(cut));
            try (Connection rebuilt = scratch.getConnection()) {
                rebuilt.setAutoCommit(false);
                Comparison comparison = new PostgresComparison(live, LIVE, rebuilt, schema.name(), only).at(cut);
                rebuilt.rollback();
                return comparison;
            } finally {
                live.rollback();
            }
        }
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
                foldTo(cut, progress);
                passTimeTo(cut);
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
        return replays.values().stream()
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
        long found = 0;
        for (Map.Entry<String, Replay<?>> replay : replays.entrySet()) {
            found += left(replay.getValue(), cut.ends(replay.getKey()), progress);
        }
        progress.found(found);
        for (Map.Entry<String, Replay<?>> replay : replays.entrySet()) {
            replay.getValue().fold(cut.ends(replay.getKey()), progress);
        }
        return found;
    }

    /** How many records there are to fold. */
    private static long left(Replay<?> replay, Map<Integer, Long> ends, Progress progress)
            throws SQLException, InterruptedException {
        long left = replay.left(ends, progress);
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            long stored = replay.stored(end.getKey()).orElse(0);
            if (stored > end.getValue()) {
                throw new CannotReplayException(
                        ("the rebuilt read model has come to offset %d of partition %d, where live has come to %d only; drop its"
                                        + " schema and begin anew, or look whether live has halted")
                                .formatted(stored, end.getKey(), end.getValue()));
            }
        }
        return left;
    }

    /** A fold remembers when to look for what is overdue; a new one looks at once. */
    private void passTimeTo(Cut cut) throws SQLException {
        try (Replay<?> connectors = runtime.replay(connectorFold(), scratch)) {
            for (Cut.Part part : cut.of(ConnectorHealthFold.NAME)) {
                if (part.caughtUpAt() != null) {
                    connectors.passTime(part.partition(), part.caughtUpAt());
                }
            }
        }
    }

    private SeededFold seededFold() {
        return new SeededFold(connectorFold(), new ConnectorFold(grace), LIVE);
    }

    private ConnectorHealthFold connectorFold() {
        return new ConnectorHealthFold(
                new ConnectorFold(grace), new FoldMetrics(new SimpleMeterRegistry()), PostgresReadModel::unannounced);
    }

    /** Lets go of the schema; it stays. */
    @Override
    public void close() throws SQLException {
        replays.values().forEach(Replay::close);
        scratch.close();
        schema.close();
    }
}
