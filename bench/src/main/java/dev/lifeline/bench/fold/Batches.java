package dev.lifeline.bench.fold;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.domain.Batch;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.projector.domain.ConnectorHealth;
import dev.lifeline.projector.domain.Connectors;
import dev.lifeline.projector.domain.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A workload as the projector would write it, batch by batch, worked out beforehand: what is left is to write it.
 *
 * @param partition of which partition
 * @param from the offset of the first event
 * @param to the offset behind the last
 */
record Batches(int partition, long from, long to, Batch batch) {

    private static final int SIZE = 5_000;

    /** All batches, each partition's in their order. */
    static List<Batches> of(Workload workload, Topic topic) {
        List<List<ConnectorEvent>> partitions = new ArrayList<>();
        for (int i = 0; i < Arena.PARTITIONS; i++) {
            partitions.add(new ArrayList<>());
        }
        workload.stream()
                .forEach(event -> partitions
                        .get(Topics.partitionOf(event.userId(), Arena.PARTITIONS))
                        .add(event));
        ConnectorFold fold = new ConnectorFold(Duration.ofSeconds(10));
        Map<UUID, Connectors> state = new HashMap<>();
        List<Batches> batches = new ArrayList<>();
        for (int partition = 0; partition < Arena.PARTITIONS; partition++) {
            List<ConnectorEvent> events = partitions.get(partition);
            for (int from = 0; from < events.size(); from += SIZE) {
                int to = Math.min(from + SIZE, events.size());
                batches.add(new Batches(
                        partition, from, to, folded(fold, state, events.subList(from, to), partition, from, topic)));
            }
        }
        return batches;
    }

    private static Batch folded(
            ConnectorFold fold,
            Map<UUID, Connectors> state,
            List<ConnectorEvent> events,
            int partition,
            int from,
            Topic topic) {
        Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        Map<UUID, Connectors> known = new HashMap<>();
        for (ConnectorEvent event : events) {
            Connectors connectors = state.get(event.userId());
            if (connectors != null) {
                known.put(event.userId(), connectors);
            }
        }
        Batch batch = new Batch(fold, known);
        for (int i = 0; i < events.size(); i++) {
            batch.fold(new Fact(events.get(i), now, new SourcePosition(topic.name(), partition, from + i)));
        }
        for (ConnectorHealth row : batch.rows()) {
            state.put(row.userId(), new Connectors(List.of(row)));
        }
        return batch;
    }
}
