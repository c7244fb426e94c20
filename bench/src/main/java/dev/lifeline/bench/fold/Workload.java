package dev.lifeline.bench.fold;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorPollFailed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.FailureClass;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Connector events, each row's the same however they are ordered: it is connected, then polled again and again; one poll in a
 * hundred fails, and the next succeeds.
 *
 * @param name what tables call it
 * @param rows how many connectors, each of a user of its own
 * @param eventsPerRow how many events each has
 * @param inRounds whether all rows have their first event, then all their second, as polls come; else each row has all of its
 *     events one behind the other
 */
record Workload(String name, int rows, int eventsPerRow, boolean inRounds) {

    private static final Duration INTERVAL = Duration.ofDays(1);

    int events() {
        return rows * eventsPerRow;
    }

    Workload scaled(double scale) {
        return new Workload(name, Math.max(1, (int) (rows * scale)), eventsPerRow, inRounds);
    }

    Stream<ConnectorEvent> stream() {
        return inRounds
                ? IntStream.rangeClosed(1, eventsPerRow)
                        .boxed()
                        .flatMap(n -> IntStream.range(0, rows).mapToObj(row -> event(row, n)))
                : IntStream.range(0, rows)
                        .boxed()
                        .flatMap(row -> IntStream.rangeClosed(1, eventsPerRow).mapToObj(n -> event(row, n)));
    }

    private ConnectorEvent event(int row, int n) {
        UUID user = new UUID(mixed(row), mixed(row + 0x10_0000_0000L));
        UUID grant = new UUID(mixed(row + 0x20_0000_0000L), mixed(row + 0x30_0000_0000L));
        if (n == 1) {
            return new ConnectorConnected(
                    user, "gmail", "google", grant, 1, 1, 0, INTERVAL, "someone" + row + "@example.org");
        }
        if (n < eventsPerRow && (row + 37L * n) % 100 == 0) {
            return new ConnectorPollFailed(
                    user,
                    "gmail",
                    "google",
                    grant,
                    1,
                    n,
                    1,
                    INTERVAL,
                    FailureClass.TRANSIENT,
                    "http_503",
                    "server-error",
                    "1",
                    503,
                    null,
                    null);
        }
        return new ConnectorPolled(user, "gmail", "google", grant, 1, n, 0, INTERVAL, n % 7);
    }

    /** Spreads numbers over all bits (the finalizer of SplitMix64), so that ids are as scattered as random ones. */
    private static long mixed(long number) {
        long z = number * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
