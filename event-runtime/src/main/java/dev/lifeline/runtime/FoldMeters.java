package dev.lifeline.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a fold can be watched by. All meters have the tag {@code fold}, its name.
 *
 * <ul>
 *   <li>{@code lifeline.fold.records}: records folded and committed
 *   <li>{@code lifeline.fold.ignored}: records of a type that this release does not know
 *   <li>{@code lifeline.fold.batch}: time of one batch, from its records to its commit
 *   <li>{@code lifeline.fold.lag}: records that wait in the partitions of this instance
 *   <li>{@code lifeline.fold.age.seconds}: for how long a partition of this instance has not been read to its end, of all
 *       the longest; of a consumer that has died, since when; until it is known which are its own, for how long that is
 *       not known
 *   <li>{@code lifeline.relay.lag}: from the commit of an outgoing event to Kafka's acknowledgement, the oldest of each
 *       round
 *   <li>{@code lifeline.outbox.depth}: outgoing events of the partitions of this instance that are not acknowledged yet
 * </ul>
 */
final class FoldMeters {

    private final MeterRegistry registry;
    private final String fold;
    private final Counter records;
    private final Counter ignored;
    private final Timer batch;
    private final Timer relayLag;

    FoldMeters(MeterRegistry registry, String fold) {
        this.registry = registry;
        this.fold = fold;
        records = registry.counter("lifeline.fold.records", "fold", fold);
        ignored = registry.counter("lifeline.fold.ignored", "fold", fold);
        batch = registry.timer("lifeline.fold.batch", "fold", fold);
        relayLag = registry.timer("lifeline.relay.lag", "fold", fold);
    }

    <T> void watchOutbox(T owner, ToDoubleFunction<T> depth) {
        Gauge.builder("lifeline.outbox.depth", owner, depth).tag("fold", fold).register(registry);
    }

    <T> void watch(T owner, ToLongFunction<T> lag, ToDoubleFunction<T> ageSeconds) {
        Gauge.builder("lifeline.fold.lag", owner, lag::applyAsLong)
                .tag("fold", fold)
                .register(registry);
        Gauge.builder("lifeline.fold.age.seconds", owner, ageSeconds)
                .tag("fold", fold)
                .register(registry);
    }

    void folded(int readable, int unknown, long startNanos) {
        records.increment(readable);
        ignored.increment(unknown);
        batch.record(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** How many records were of a type that this release does not know. */
    long unknown() {
        return (long) ignored.count();
    }

    void relayed(Duration oldest) {
        relayLag.record(oldest.isNegative() ? Duration.ZERO : oldest);
    }
}
