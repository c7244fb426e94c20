package dev.lifeline.projector.rebuild;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far the live read model had been folded at one moment.
 *
 * @param parts a part for each projection and partition
 */
public record Cut(List<Part> parts) {

    /**
     * @param next the offset of the next record to fold
     * @param caughtUpAt when the partition was last caught up with, by the database's clock; absent: not yet. What was due
     *     before is stale, whether or not that has been noted
     */
    public record Part(
            String projection,
            String topic,
            int partition,
            long next,
            @Nullable Instant caughtUpAt) {}

    public Cut {
        parts = List.copyOf(parts);
    }

    /** Those of one projection. */
    public List<Part> of(String projection) {
        return parts.stream()
                .filter(part -> part.projection().equals(projection))
                .toList();
    }

    /** Of each partition of a projection the offset before which to stop. */
    public Map<Integer, Long> ends(String projection) {
        Map<Integer, Long> ends = new HashMap<>();
        of(projection).forEach(part -> ends.put(part.partition(), part.next()));
        return ends;
    }

    /** How many partitions a topic has; 1 where nothing is known yet. */
    public int partitions() {
        return parts.stream().mapToInt(Part::partition).max().orElse(0) + 1;
    }

    /** As people look records up: topic-partition@offset. */
    public String words() {
        return parts.stream()
                .map(part -> part.topic() + "-" + part.partition() + "@" + part.next())
                .collect(Collectors.joining(", "));
    }
}
