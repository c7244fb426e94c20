package dev.lifeline.bench.fold;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Topic;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.adapter.kafka.Versioned;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.runtime.DelegatingFold;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.FoldRunner;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.RuntimeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;

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
        Fold<ConnectorEvent> fold = Versioned.today(
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
    static final class Elsewhere extends DelegatingFold<ConnectorEvent> {

        private final Topic topic;

        Elsewhere(Fold<ConnectorEvent> fold, Topic topic) {
            super(fold);
            this.topic = topic;
        }

        @Override
        public Topic topic() {
            return topic;
        }
    }
}
