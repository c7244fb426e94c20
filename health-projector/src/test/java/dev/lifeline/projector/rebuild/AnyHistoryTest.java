package dev.lifeline.projector.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Message;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.Projection;
import dev.lifeline.projector.RichHistory;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happened, wherever it is cut, in whatever batches and over whatever crashes it is folded: the rows are the same. */
@ExtendWith(Backends.class)
class AnyHistoryTest {

    private static final Duration GRACE = Duration.ofMillis(300);
    private static final long MOST_CRASHES = 5;
    private static final String CRASH = """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE application_name = 'lifeline-replay-fold' AND datname = current_database()
            """;

    private final AtomicBoolean crashing = new AtomicBoolean(true);
    private final AtomicLong crashes = new AtomicLong();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void gives_the_same_rows(long seed) throws Exception {
        Random random = new Random(seed);
        List<Message> history = mixed(random);
        int cut = random.nextInt(history.size());
        Projection projection = new Projection(GRACE);
        projection.startAll();
        projection.publish(history.subList(0, cut).stream());
        projection.awaitRead(Topics.CONNECTOR_EVENTS, Topics.AUTONOMY_EVENTS, Topics.ACTION_EVENTS);
        projection.close();
        try (EventRuntime after = Projection.newRuntime()) {
            history.subList(cut, history.size()).forEach(after.publisher()::publish);
        }

        try (EventRuntime runtime = Projection.newRuntime(1 + random.nextInt(60));
                Rebuild rebuild = Rebuild.into("replay_any", Rebuilding.access(projection.server), runtime, GRACE)) {
            crashes.addAndGet(broken(projection));
            CompletableFuture<Void> crasher =
                    CompletableFuture.runAsync(() -> crash(projection, random), Thread::startVirtualThread);
            try {
                rebuild.fold(new Rebuilding.Counted());
            } finally {
                crashing.set(false);
                crasher.join();
            }

            assertThat(rebuild.compare(new Rebuilding.Counted()).first()).isEmpty();
            assertThat(crashes).hasPositiveValue();
        }
    }

    private void crash(Projection projection, Random random) {
        while (crashing.get() && crashes.get() < MOST_CRASHES) {
            crashes.addAndGet(broken(projection));
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(60)).toNanos());
        }
    }

    /** Breaks the connections that fold; how many. */
    private static long broken(Projection projection) {
        String killed = projection.server.value(CRASH);
        return killed == null ? 0 : Long.parseLong(killed);
    }

    /** Of several users, mixed, each in order. */
    private static List<Message> mixed(Random random) {
        List<List<Message>> users = new ArrayList<>();
        users.add(new ArrayList<>(RichHistory.operators().toList()));
        for (int user = 0; user < 6; user++) {
            users.add(new ArrayList<>(
                    RichHistory.of(UUID.randomUUID(), random.nextInt(1_000)).toList()));
        }
        List<Message> mixed = new ArrayList<>();
        while (!users.isEmpty()) {
            List<Message> next = users.get(random.nextInt(users.size()));
            mixed.add(next.removeFirst());
            users.removeIf(List::isEmpty);
        }
        return mixed;
    }
}
