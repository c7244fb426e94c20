package dev.lifeline.projector.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverdueWatchTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration NO_TIME = Duration.ofMillis(1);

    private final OverdueWatch watch = new OverdueWatch();

    @Test
    void looks_at_a_partition_of_which_it_knows_nothing() {
        watch.looked(1, NOW, Optional.empty(), NO_TIME);
        assertThat(watch.isTimeToLook(0, NOW)).isTrue();
    }

    @Test
    void looks_again_when_the_next_outcome_is_due() {
        watch.looked(0, NOW, Optional.of(NOW.plusSeconds(2)), NO_TIME);
        assertThat(watch.isTimeToLook(0, NOW.plusSeconds(2))).isFalse();
        assertThat(watch.isTimeToLook(0, NOW.plusMillis(2_001))).isTrue();
    }

    @Test
    void looks_now_and_then_though_nothing_is_due() {
        watch.looked(0, NOW, Optional.empty(), NO_TIME);
        assertThat(watch.isTimeToLook(0, NOW.plusMillis(5_001))).isTrue();
    }

    @Test
    void looks_when_the_clock_was_set_back() {
        watch.looked(0, NOW, Optional.empty(), NO_TIME);
        assertThat(watch.isTimeToLook(0, NOW.minusSeconds(60))).isTrue();
    }

    @Test
    void looks_seldom_where_it_takes_long() {
        watch.looked(0, NOW, Optional.of(NOW.plusSeconds(2)), Duration.ofMillis(300));
        assertThat(watch.isTimeToLook(0, NOW.plusSeconds(30))).isFalse();
        assertThat(watch.isTimeToLook(0, NOW.plusMillis(30_001))).isTrue();
    }
}
