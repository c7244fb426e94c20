package dev.lifeline.standalone.e2e;

import dev.lifeline.projector.rebuild.Comparison;
import dev.lifeline.projector.rebuild.Rebuild;
import dev.lifeline.projector.replay.OperatorAccess;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.RuntimeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;

/** Folds the log of a running Lifeline anew, beside its read model, and compares every row. */
final class Proof {

    private Proof() {}

    static Comparison of(Path home) throws SQLException, InterruptedException {
        OperatorAccess access = OperatorAccess.in(home);
        try (EventRuntime runtime = new EventRuntime(
                        "proof",
                        access.kafka(),
                        RuntimeSettings.defaults(),
                        new SimpleMeterRegistry(),
                        ObservationRegistry.NOOP,
                        Clock.systemUTC());
                Rebuild rebuild = Rebuild.into("proof", access.postgres(), runtime, OperatorAccess.grace(Map.of()))) {
            try {
                rebuild.fold(Rebuild.Progress.UNHEARD);
                return rebuild.compare(Rebuild.Progress.UNHEARD);
            } finally {
                rebuild.drop();
            }
        }
    }
}
