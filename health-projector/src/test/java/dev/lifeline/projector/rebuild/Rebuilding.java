package dev.lifeline.projector.rebuild;

import dev.lifeline.projector.Projection;
import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.testing.Database;
import java.sql.SQLException;
import java.time.Duration;

/** Rebuilds of a test's projection. */
final class Rebuilding {

    private Rebuilding() {}

    static Rebuild open(Projection projection, String schema, Duration grace) throws SQLException {
        return Rebuild.into(schema, access(projection.server), projection.runtime, grace);
    }

    /** From what is there already, or the beginning, to the comparison. */
    static Comparison rebuild(Projection projection, String schema, Duration grace)
            throws SQLException, InterruptedException {
        try (Rebuild rebuild = open(projection, schema, grace)) {
            rebuild.fold(new Counted());
            return rebuild.compare(new Counted());
        }
    }

    static PostgresAccess access(Database server) {
        return new PostgresAccess(server.host(), server.port(), server.name(), server.user(), server.password());
    }

    static class Counted implements Rebuild.Progress {
        long found;
        long passed;

        @Override
        public void found(long records) {
            found += records;
        }

        @Override
        public void passed(long records) {
            passed += records;
        }

        @Override
        public void doing(String what) {}
    }
}
