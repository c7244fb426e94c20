package dev.lifeline.poller.domain.connector;

import static dev.lifeline.events.FailureClass.ADMIN;
import static dev.lifeline.events.FailureClass.CONFIG;
import static dev.lifeline.events.FailureClass.REAUTH;
import static dev.lifeline.events.FailureClass.TRANSIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.FailureClass;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Nested
    class What_passes_by_itself {

        @Test
        void is_tried_again_at_the_next_interval_at_first() {
            assertThat(after(1, TRANSIENT).isOpen()).isFalse();
            assertThat(after(2, TRANSIENT).isOpen()).isFalse();
            assertThat(pause(after(2, TRANSIENT), TRANSIENT, null)).isEqualTo(MINUTE);
        }

        @Test
        void opens_after_three_consecutive_failures_for_five_intervals() {
            assertThat(pause(after(3, TRANSIENT), TRANSIENT, null)).isEqualTo(Duration.ofMinutes(5));
        }

        @Test
        void doubles_with_each_further_failure_up_to_twenty_intervals() {
            assertThat(IntStream.of(4, 5, 6, 60).mapToObj(n -> pause(after(n, TRANSIENT), TRANSIENT, null)))
                    .containsExactly(
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(20),
                            Duration.ofMinutes(20),
                            Duration.ofMinutes(20));
        }
    }

    @Nested
    class A_permanent_refusal {

        @ParameterizedTest
        @EnumSource(
                value = FailureClass.class,
                names = {"ADMIN", "CONFIG"})
        void opens_at_once_and_is_polled_slowly(FailureClass failureClass) {
            assertThat(pause(after(1, failureClass), failureClass, null)).isEqualTo(Duration.ofMinutes(5));
            assertThat(pause(after(2, failureClass), failureClass, null)).isEqualTo(Duration.ofMinutes(10));
        }

        @Test
        void that_only_consent_can_mend_is_not_polled_at_all() {
            assertThat(after(1, REAUTH).pause(REAUTH, MINUTE, null, 0)).isEmpty();
        }
    }

    @Nested
    class A_wish_to_be_left_alone {

        @Test
        void is_honoured_when_it_is_longer_than_our_own_pause() {
            assertThat(pause(after(1, TRANSIENT), TRANSIENT, Duration.ofMinutes(7)))
                    .isEqualTo(Duration.ofMinutes(7));
        }

        @Test
        void does_not_shorten_our_own_pause() {
            assertThat(pause(after(3, TRANSIENT), TRANSIENT, Duration.ofSeconds(1)))
                    .isEqualTo(Duration.ofMinutes(5));
        }

        @Test
        void is_honoured_for_an_hour_at_most() {
            assertThat(pause(after(1, CONFIG), CONFIG, Duration.ofDays(365))).isEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void jitter_makes_a_pause_longer_by_a_tenth_at_most() {
        assertThat(after(1, ADMIN).pause(ADMIN, MINUTE, null, 0.999).orElseThrow())
                .isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330));
    }

    private static Breaker after(int failures, FailureClass failureClass) {
        Breaker breaker = Breaker.CLOSED;
        for (int i = 0; i < failures; i++) {
            breaker = breaker.failed(failureClass);
        }
        return breaker;
    }

    private static Duration pause(Breaker breaker, FailureClass failureClass, @Nullable Duration retryAfter) {
        return breaker.pause(failureClass, MINUTE, retryAfter, 0).orElseThrow();
    }
}
