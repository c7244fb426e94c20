package dev.lifeline.poller.domain.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.FailureClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens in whatever order. */
class BreakerProperties {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Property
    void counts_every_failure(@ForAll @Size(max = 50) List<FailureClass> failures) {
        assertThat(after(failures).failures()).isEqualTo(failures.size());
    }

    @Property
    void is_open_from_the_third_failure_or_the_first_permanent_one(
            @ForAll @Size(max = 10) List<FailureClass> failures) {
        boolean expected =
                failures.size() >= Breaker.THRESHOLD || failures.stream().anyMatch(FailureClass::permanent);
        assertThat(after(failures).isOpen()).isEqualTo(expected);
    }

    @Property
    void never_pauses_for_less_than_the_interval_or_more_than_an_hour_and_jitter(
            @ForAll @Size(min = 1, max = 20) List<FailureClass> failures,
            @ForAll @IntRange(max = 100_000) int retryAfterSeconds,
            @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
        FailureClass last = failures.getLast();
        Optional<Duration> pause = after(failures).pause(last, INTERVAL, Duration.ofSeconds(retryAfterSeconds), random);
        assertThat(pause.isEmpty()).isEqualTo(last == FailureClass.REAUTH);
        pause.ifPresent(it -> assertThat(it)
                .isBetween(INTERVAL, Breaker.LONGEST_RETRY_AFTER.plus(INTERVAL.multipliedBy(Breaker.MOST_INTERVALS))));
    }

    @Property
    void a_longer_row_of_failures_never_means_a_shorter_pause(
            @ForAll @Size(min = 1, max = 20) List<FailureClass> failures) {
        Breaker breaker = after(failures);
        Breaker next = breaker.failed(FailureClass.TRANSIENT);
        assertThat(next.openIntervals()).isGreaterThanOrEqualTo(breaker.openIntervals());
    }

    private static Breaker after(List<FailureClass> failures) {
        Breaker breaker = Breaker.CLOSED;
        for (FailureClass failure : failures) {
            breaker = breaker.failed(failure);
        }
        return breaker;
    }
}
