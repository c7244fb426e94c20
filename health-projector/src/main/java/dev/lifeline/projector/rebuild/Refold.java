package dev.lifeline.projector.rebuild;

import dev.lifeline.events.Topics;
import dev.lifeline.projector.adapter.kafka.ActionFold;
import dev.lifeline.projector.adapter.kafka.AutonomyFold;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.ErasureFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.adapter.kafka.SeedFold;
import dev.lifeline.projector.adapter.kafka.SeededFold;
import dev.lifeline.projector.adapter.kafka.Versioned;
import dev.lifeline.projector.adapter.kafka.WithoutErased;
import dev.lifeline.projector.adapter.postgres.Origins;
import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.projector.adapter.postgres.PostgresComparison;
import dev.lifeline.projector.adapter.postgres.PostgresCut;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.adapter.postgres.PostgresSeeds;
import dev.lifeline.projector.adapter.postgres.PostgresSnapshot;
import dev.lifeline.projector.adapter.postgres.TemporaryTables;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Replay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Folds the log anew, or a share of it, with the same code as live, into tables of its own, and compares them with the live ones
 * at one cut.
 *
 * <p>First it folds as far as live has come; when little is left, it takes a snapshot of the live tables, whose offsets are the
 * cut, folds exactly so far, and lets the same time pass.
 */
public final class Refold implements AutoCloseable {

    private static final long FEW_RECORDS = 2_000;
    private static final int MOST_ROUNDS = 20;

    private final DataSource live;
    private final EventRuntime runtime;
    private final Duration grace;
    private final DataSource scratch;
    private final String schema;
    private final Share share;
    private final Map<String, Replay<?>> replays;

    /**
     * @param live connections of one who may read the live read model, with times in UTC
     * @param grace as the live fold has it
     * @param scratch connections that find the tables to fold into
     * @param schema where these are
     */
    public Refold(
            DataSource live, EventRuntime runtime, Duration grace, DataSource scratch, String schema, Share share) {
        this.live = live;
        this.runtime = runtime;
        this.grace = grace;
        this.scratch = scratch;
        this.schema = schema;
        this.share = share;
        List<Fold<?>> folds = List.of(
                new ErasureFold(PostgresReadModel::unannounced),
                Versioned.today(new SeededFold(connectorFold(), new ConnectorFold(grace), Rebuild.LIVE), grace),
                Versioned.today(new AutonomyFold(PostgresReadModel::unannounced)),
                Versioned.today(new ActionFold(PostgresReadModel::unannounced)));
        this.replays = folds.stream()
                .collect(Collectors.toMap(
                        Fold::name, fold -> runtime.replay(fold, scratch).only(share.keys())));
    }

    /**
     * What the log comes to for one user alone, beside what the live tables hold; folded where nothing is left of it, whatever
     * ends the process.
     *
     * @throws CannotReplayException when it can not be had now
     */
    public static Comparison ofUser(
            UUID userId, PostgresAccess access, EventRuntime runtime, Duration grace, Rebuild.Progress progress)
            throws SQLException, InterruptedException {
        try (TemporaryTables tables = TemporaryTables.like(Rebuild.LIVE, access);
                Refold refold = new Refold(
                        access.connections(),
                        runtime,
                        grace,
                        tables.connections(),
                        tables.schema(),
                        new Share.OfUser(userId))) {
            refold.fold(progress);
            return refold.compare(progress).comparison();
        }
    }

    /** Folds as far as live has come. */
    public void fold(Rebuild.Progress progress) throws SQLException, InterruptedException {
        foldErasures(progress);
        noteOrigins();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (foldTo(far(), progress) < FEW_RECORDS) {
                return;
            }
        }
    }

    /** As far as live has come. */
    private Cut far() throws SQLException {
        try (Connection connection = live.getConnection()) {
            return PostgresCut.of(connection, Rebuild.LIVE);
        }
    }

    /** Nothing of an erased user is to be kept, not even where it would begin from. */
    private void foldErasures(Rebuild.Progress progress) throws SQLException, InterruptedException {
        Replay<?> erasures = Objects.requireNonNull(replays.get(ErasureFold.NAME));
        erasures.fold(share.of(far()).ends(ErasureFold.NAME), progress);
    }

    /** Where the log's beginning is gone, connectors begin from the newest record that the health topic has of each. */
    private void noteOrigins() throws SQLException, InterruptedException {
        boolean seeds = false;
        Map<Replay<?>, Map<Integer, Long>> beginnings = new HashMap<>();
        for (Replay<?> replay : replays.values()) {
            beginnings.put(replay, shared(replay, replay.beginnings()));
            for (Map.Entry<Integer, Long> beginning :
                    beginnings.getOrDefault(replay, Map.of()).entrySet()) {
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
                health.only(share.connectors()).fold(shared(health, health.ends()), records -> {});
            }
            try (Connection tx = scratch.getConnection()) {
                tx.setAutoCommit(false);
                new PostgresSeeds(tx).plant(Rebuild.LIVE);
                tx.commit();
            }
        }
        // Last: where something has been begun, what comes before it is not done again.
        for (Map.Entry<Replay<?>, Map<Integer, Long>> each : beginnings.entrySet()) {
            each.getKey().begin(each.getValue());
        }
    }

    /** Of all the partitions of a topic those that are needed. */
    private Map<Integer, Long> shared(Replay<?> replay, Map<Integer, Long> offsets) {
        Map<Integer, Long> needed = new HashMap<>(offsets);
        needed.keySet().removeIf(partition -> !share.has(replay.topic().name(), partition, offsets.size()));
        return needed;
    }

    private void note(Origins.Origin origin) throws SQLException {
        try (Connection connection = scratch.getConnection()) {
            Origins.note(connection, origin);
        }
    }

    /** Folds to the cut that live has come to now, and compares every row. */
    public Compared compare(Rebuild.Progress progress) throws SQLException, InterruptedException {
        try (Connection connection = live.getConnection()) {
            PostgresSnapshot.begin(connection, Rebuild.LIVE, share);
            Cut cut = PostgresCut.of(connection, Rebuild.LIVE);
            foldTo(cut, progress);
            progress.doing("comparing");
            passTimeTo(cut);
            try (Connection rebuilt = scratch.getConnection()) {
                rebuilt.setAutoCommit(false);
                Comparison comparison =
                        new PostgresComparison(connection, Rebuild.LIVE, rebuilt, schema, share).at(cut);
                rebuilt.rollback();
                return new Compared(comparison, share.of(cut));
            } finally {
                connection.rollback();
            }
        }
    }

    /** What came of it, and where. */
    public record Compared(Comparison comparison, Cut cut) {}

    /** Folds exactly so far; how many records there were to fold. */
    long foldTo(Cut whole, Rebuild.Progress progress) throws SQLException, InterruptedException {
        Cut cut = share.of(whole);
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
    private static long left(Replay<?> replay, Map<Integer, Long> ends, Rebuild.Progress progress)
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
    void passTimeTo(Cut cut) throws SQLException {
        try (Replay<?> connectors = runtime.replay(connectorFold(), scratch)) {
            for (Cut.Part part : share.of(cut).of(ConnectorHealthFold.NAME)) {
                if (part.caughtUpAt() != null) {
                    connectors.passTime(part.partition(), part.caughtUpAt());
                }
            }
        }
    }

    private ConnectorHealthFold connectorFold() {
        return new ConnectorHealthFold(
                new ConnectorFold(grace), new FoldMetrics(new SimpleMeterRegistry()), PostgresReadModel::unannounced);
    }

    /** What could not be folded, as live could not. */
    Replay.PassedOver passedOver() {
        return replays.values().stream()
                .map(Replay::passedOver)
                .reduce(
                        new Replay.PassedOver(0, 0),
                        (one, other) -> new Replay.PassedOver(
                                one.unreadable() + other.unreadable(), one.unknown() + other.unknown()));
    }

    /** Ends the connections to Kafka; what was folded stays. */
    @Override
    public void close() {
        replays.values().forEach(Replay::close);
    }
}
