package dev.lifeline.projector.verify;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.projector.adapter.postgres.PostgresVerification;
import dev.lifeline.projector.adapter.postgres.TemporaryTables;
import dev.lifeline.projector.rebuild.Rebuild;
import dev.lifeline.projector.rebuild.Refold;
import dev.lifeline.projector.rebuild.Share;
import dev.lifeline.runtime.EventRuntime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves the live read model by the log, a partition at a time, each once in a while. Whoever folds takes part; of all that do,
 * one is at it at a time, and what was proven when is kept where all see it.
 *
 * <p>It folds the partition's log anew, with the same code as live, into tables that nobody else sees and that are gone with
 * their connection, and compares every row of the users whose events lie there.
 */
public final class Verification {

    private static final Logger log = LoggerFactory.getLogger(Verification.class);

    private final HikariDataSource service;
    private final EventRuntime runtime;
    private final Duration grace;
    private final Duration every;
    private final Supplier<Rebuild.Progress> pace;
    private final PostgresVerification noted;

    /**
     * @param service connections of the owner of the live read model
     * @param grace as the live fold has it
     * @param every how often each partition is proven; 0: never
     */
    public Verification(HikariDataSource service, EventRuntime runtime, Duration grace, Duration every) {
        this(service, runtime, grace, every, Unhurried::new);
    }

    /** @param pace hears of what is folded, and may take its time */
    Verification(
            HikariDataSource service,
            EventRuntime runtime,
            Duration grace,
            Duration every,
            Supplier<Rebuild.Progress> pace) {
        this.service = service;
        this.runtime = runtime;
        this.grace = grace;
        this.every = every;
        this.pace = pace;
        this.noted = new PostgresVerification(service);
    }

    /** Proves the next partition, when it is time; empty when it is not, or when somebody else is at it. */
    public Optional<DifferingRow.Report> round() throws SQLException, InterruptedException {
        noted.know(every);
        if (noted.due(every).isEmpty()) {
            return Optional.empty();
        }
        Optional<TemporaryTables> claimed = TemporaryTables.like(Rebuild.LIVE, service);
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        try (TemporaryTables tables = claimed.get()) {
            Optional<Integer> due = noted.due(every); // another may have been at it until just now
            return due.isEmpty() ? Optional.empty() : Optional.of(prove(due.get(), tables));
        }
    }

    private DifferingRow.Report prove(int partition, TemporaryTables tables) throws SQLException, InterruptedException {
        noted.begin(partition);
        try (HikariDataSource live = TemporaryTables.another(service, Rebuild.LIVE);
                Refold refold = new Refold(
                        live,
                        runtime,
                        grace,
                        tables.connections(),
                        tables.schema(),
                        new Share.OfPartition(partition))) {
            refold.fold(pace.get());
            DifferingRow.Report report = DifferingRow.Report.of(partition, refold.compare(Rebuild.Progress.UNHEARD));
            List<DifferingRow> unknown = noted.note(report);
            unknown.forEach(row -> log.warn(
                    "{} ({}) is not what the log comes to; ./lifeline {} tells more",
                    row.table(),
                    row.key(),
                    row.userId() == null ? "replay --into NAME" : "audit --verify --user " + row.userId()));
            log.info(
                    "Partition {}: {} rows compared with the log up to {}, {} differ, {} older than the log",
                    partition,
                    report.rows(),
                    report.cut(),
                    report.different(),
                    report.unprovable());
            return report;
        }
    }

    /** How it stands with all, those that are new among them. */
    public Standing standing() throws SQLException {
        noted.know(every);
        return noted.standing();
    }

    /** Whether nothing is to be proven. */
    boolean never() {
        return every.isZero();
    }

    /** Forgets what was proven before, for nobody goes on with it. */
    void forget() throws SQLException {
        noted.forget();
    }

    Duration every() {
        return every;
    }
}
