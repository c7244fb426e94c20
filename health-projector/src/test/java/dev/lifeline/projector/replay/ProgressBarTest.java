package dev.lifeline.projector.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long now;

    @Test
    void says_how_many_events_there_are_how_fast_it_goes_and_how_long_it_takes() {
        ProgressBar bar = bar(true);
        bar.found(4_000_000);
        pass(bar, 100_000, Duration.ofSeconds(1));

        assertThat(said())
                .isEqualTo(
                        "\r[..............................]   2 %  100,000 of 4,000,000 events  100,000/s  0:39 left\u001b[K");
        pass(bar, 1_900_000, Duration.ofSeconds(999));
        assertThat(said()).contains("[###############...............]  50 %", "2,000/s  16:40 left");
    }

    @Test
    void writes_a_line_now_and_then_where_none_can_be_written_over() {
        ProgressBar bar = bar(false);
        bar.found(100);
        pass(bar, 1, Duration.ofSeconds(1));
        assertThat(said()).isEmpty();
        pass(bar, 49, Duration.ofSeconds(4));
        assertThat(said()).endsWith("50 of 100 events  10/s  0:05 left" + System.lineSeparator());
    }

    @Test
    void says_once_what_it_waits_for() {
        ProgressBar bar = bar(false);
        bar.waits("the database is away");
        bar.waits("the database is away");
        assertThat(said()).isEqualTo("waiting: the database is away" + System.lineSeparator());
    }

    private ProgressBar bar(boolean terminal) {
        return new ProgressBar(new PrintStream(out, true, UTF_8), terminal, () -> now);
    }

    private void pass(ProgressBar bar, long records, Duration time) {
        now += time.toNanos();
        bar.passed(records);
    }

    private String said() {
        return out.toString(UTF_8);
    }
}
