package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FoldedPartitionTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FoldedPartition partition = new FoldedPartition(new TopicPartition("events", 0));

    @Test
    void an_end_that_moves_on_is_no_goal_before_the_earlier_one_is_reached() {
        partition.aims(seen(0, 10), 4);
        partition.aims(seen(1, 20), 9);
        assertThat(partition.reached(9)).isEmpty();
        assertThat(partition.lag()).isEqualTo(11);

        assertThat(partition.reached(10))
                .hasValueSatisfying(reached -> assertThat(reached.at()).isEqualTo(NOON));
    }

    @Test
    void an_end_that_lies_behind_is_the_newest_proof() {
        partition.aims(seen(0, 10), 4);
        partition.aims(seen(1, 10), 10);

        assertThat(partition.reached(10))
                .hasValueSatisfying(reached -> assertThat(reached.at()).isEqualTo(NOON.plusSeconds(1)));
        assertThat(partition.lag()).isZero();
    }

    @Test
    void a_goal_is_reached_once() {
        partition.aims(seen(0, 10), 10);
        partition.caughtUp(partition.reached(10).orElseThrow());

        assertThat(partition.reached(10)).isEmpty();
    }

    @Test
    void a_partition_whose_position_is_sought_forgets_its_goal() {
        partition.aims(seen(0, 10), 10);
        partition.position();

        assertThat(partition.reached(10)).isEmpty();
    }

    @Test
    void an_answer_is_given_once() {
        var look = new FoldedPartition.Look(NOON, 0, Optional.empty(), new CompletableFuture<>());
        partition.looks(look);
        assertThat(partition.idle()).isFalse();
        assertThat(partition.answered()).isEmpty();

        look.bounds().complete(new LogRange.Bounds(0, 10, Optional.empty()));
        assertThat(partition.answered()).contains(look);
        assertThat(partition.answered()).isEmpty();
        assertThat(partition.idle()).isTrue();
    }

    @Test
    void readiness_counts_from_the_look_not_from_when_its_end_was_reached() {
        long longAgo = System.nanoTime() - PATIENCE.multipliedBy(2).toNanos();
        assertThat(partition.complaint(PATIENCE))
                .hasValueSatisfying(said -> assertThat(said).contains("yet"));

        partition.caughtUp(new FoldedPartition.Look(NOON, longAgo, Optional.empty(), answer(10)));
        assertThat(partition.complaint(PATIENCE))
                .hasValueSatisfying(said -> assertThat(said).contains("for 20 s"));

        partition.caughtUp(new FoldedPartition.Look(NOON, System.nanoTime(), Optional.empty(), answer(10)));
        assertThat(partition.complaint(PATIENCE)).isEmpty();
    }

    private static FoldedPartition.Look seen(int second, long end) {
        return new FoldedPartition.Look(NOON.plusSeconds(second), 0, Optional.empty(), answer(end));
    }

    private static CompletableFuture<LogRange.Bounds> answer(long end) {
        return CompletableFuture.completedFuture(new LogRange.Bounds(0, end, Optional.empty()));
    }
}
