package dev.lifeline.bench.fold;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Topic;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.adapter.kafka.Versioned;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.Replay;
import dev.lifeline.runtime.RuntimeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The projector's fold, replayed; and what of the heap is in use meanwhile. */
final class ReplayRun implements Contestant, Replay.Watcher {

    private static final int TENTHS = 10;
    private static final long MEGABYTE = 1024 * 1024;

    private final long[] lowest = new long[TENTHS];
    private long total;
    private long passed;
    private long firstNanos;
    private long first;

    @Override
    public String name() {
        return "Lifeline: replay of the same";
    }

    @Override
    public double run(Arena arena, Workload workload) throws Exception {
        Topic topic = arena.topicOf(workload);
        total = workload.events();
        passed = 0;
        first = 0;
        Arrays.fill(lowest, Long.MAX_VALUE);
        Fold<ConnectorEvent> fold = Versioned.today(new ConnectorHealthFold(
                new ConnectorFold(Duration.ofSeconds(10)),
                new FoldMetrics(new SimpleMeterRegistry()),
                PostgresReadModel::unannounced));
        try (HikariDataSource database = arena.freshDatabase();
                EventRuntime runtime = new EventRuntime(
                        "replay",
                        KafkaClients.of(arena.bootstrapServers()),
                        RuntimeSettings.defaults(),
                        new SimpleMeterRegistry(),
                        ObservationRegistry.NOOP,
                        Clock.systemUTC());
                Replay<?> replay = runtime.replay(new LifelineFold.Elsewhere(fold, topic), database)) {
            replay.fold(replay.ends(), this);
            return (total - first) * 1e9 / (System.nanoTime() - firstNanos);
        }
    }

    @Override
    public void passed(long records) {
        if (records == 0) {
            return;
        }
        passed += records;
        if (first == 0) {
            first = passed;
            firstNanos = System.nanoTime();
        }
        Runtime jvm = Runtime.getRuntime();
        int tenth = (int) Math.min(TENTHS - 1, passed * TENTHS / total);
        lowest[tenth] = Math.min(lowest[tenth], jvm.totalMemory() - jvm.freeMemory());
    }

    /** What was in use at its lowest in each tenth of the way, in MB. */
    List<Double> heap() {
        return Arrays.stream(lowest)
                .filter(bytes -> bytes != Long.MAX_VALUE)
                .mapToObj(bytes -> (double) Math.floorDiv(bytes, MEGABYTE))
                .toList();
    }

    String heapInWords() {
        return heap().stream()
                        .map(megabytes -> String.format(Locale.ROOT, "%.0f", megabytes))
                        .collect(Collectors.joining(" "))
                + " MB";
    }
}
