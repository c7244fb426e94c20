package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.projector.domain.Batch;
import dev.lifeline.projector.domain.Ignored;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what the fold did. A batch that is rolled back and tried again is counted again. */
public final class FoldMetrics {

    private final Map<Ignored, Counter> ignored = new EnumMap<>(Ignored.class);
    private final Counter published;

    public FoldMetrics(MeterRegistry registry) {
        for (Ignored reason : Ignored.values()) {
            ignored.put(
                    reason,
                    Counter.builder("lifeline.projector.events.ignored")
                            .description("events that changed nothing: late, repeated, or of no connector")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        published = Counter.builder("lifeline.projector.changes.published")
                .description("changes of state that subscribers hear of")
                .register(registry);
    }

    void count(Batch batch) {
        batch.ignored().forEach((reason, times) -> {
            Counter counter = ignored.get(reason);
            if (counter != null) {
                counter.increment(times);
            }
        });
        published.increment(batch.published().size());
    }
}
