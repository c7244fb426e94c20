package dev.lifeline.bench.fold;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Topic;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.adapter.kafka.WithoutErased;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.FoldRunner;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import dev.lifeline.runtime.RuntimeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The projector itself, as it is: rows, timeline, offsets, and changes published through the outbox. */
final class LifelineFold implements Contestant {

    private final int threads;

    LifelineFold() {
        this(THREADS);
    }

    /** @param threads how many share the partitions; as it is shipped, one */
    LifelineFold(int threads) {
        this.threads = threads;
    }

    /** How many share the partitions, here and in the peer: one for each core that the smallest machine has. */
    static final int THREADS = Integer.getInteger("lifeline.bench.threads", 2);

    @Override
    public String name() {
        return "Lifeline: rows, timeline, offsets, outbox";
    }

    @Override
    public double run(Arena arena, Workload workload) throws Exception {
        Topic topic = arena.topicOf(workload);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Fold<ConnectorEvent> fold = new WithoutErased<>(
                new ConnectorHealthFold(new ConnectorFold(Duration.ofSeconds(10)), new FoldMetrics(meters)));
        try (HikariDataSource database = arena.freshDatabase();
                EventRuntime runtime = new EventRuntime(
                        "health-projector",
                        KafkaClients.of(arena.bootstrapServers()),
                        settings(threads),
                        meters,
                        ObservationRegistry.NOOP,
                        Clock.systemUTC())) {
            FoldRunner<ConnectorEvent> runner = runtime.run(new Elsewhere(fold, topic), database);
            runner.start();
            try {
                return Race.watch(
                        workload.events(),
                        10,
                        () -> number(database, "SELECT sum(next_offset) FROM projection_offset"));
            } finally {
                runner.stop();
            }
        }
    }

    /** The defaults, but for as many threads as the peer has tasks. */
    private static RuntimeSettings settings(int threads) {
        RuntimeSettings defaults = RuntimeSettings.defaults();
        return new RuntimeSettings(
                defaults.topics(),
                threads,
                defaults.maxPollRecords(),
                defaults.tickInterval(),
                defaults.maxBackOff(),
                defaults.patience());
    }

    static long number(HikariDataSource database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The projector's fold, of another topic. */
    record Elsewhere(Fold<ConnectorEvent> fold, Topic topic) implements Fold<ConnectorEvent> {

        @Override
        public String name() {
            return fold.name();
        }

        @Override
        public Class<ConnectorEvent> family() {
            return fold.family();
        }

        @Override
        public List<Outgoing> fold(List<Received<ConnectorEvent>> batch, Connection tx) throws SQLException {
            return fold.fold(batch, tx);
        }

        @Override
        public List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) throws SQLException {
            return fold.tick(partition, caughtUpAt, tx);
        }
    }
}
