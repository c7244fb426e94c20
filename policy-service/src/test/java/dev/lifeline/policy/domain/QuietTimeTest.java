package dev.lifeline.policy.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.TrustTier;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietTimeTest {

    private static boolean isQuiet(String start, String end, String zone, String now) {
        AutonomySettings settings = new AutonomySettings(
                TrustTier.HIGH_AUTONOMY,
                null,
                null,
                List.of(),
                List.of(),
                false,
                new AutonomySettings.QuietHours(start, end),
                zone);
        return Evaluation.evaluate(Given.action(), Given.under(settings, Instant.parse(now)))
                        .ruling()
                == Ruling.REQUIRE_APPROVAL;
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T21:59:59Z, false", "2026-11-24T22:00:00Z, true", "2026-11-24T23:59:59Z, true",
        "2026-11-25T00:00:00Z, true", "2026-11-25T06:59:59Z, true", "2026-11-25T07:00:00Z, false"
    })
    void it_goes_over_midnight(String now, boolean quiet) {
        assertThat(isQuiet("22:00", "07:00", "UTC", now)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({"12:00:00, true", "11:59:59, false", "13:29:59, true", "13:30:00, false"})
    void it_may_lie_within_a_day(String time, boolean quiet) {
        assertThat(isQuiet("12:00", "13:30", "UTC", "2026-11-24T" + time + "Z")).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-11-24T20:59:59Z, false", "Europe/Berlin, 2026-11-24T21:00:00Z, true",
        "Asia/Kathmandu, 2026-11-24T16:14:59Z, false", "Asia/Kathmandu, 2026-11-24T16:15:00Z, true",
        "America/New_York, 2026-11-25T03:00:00Z, true", "America/New_York, 2026-11-25T02:59:59Z, false"
    })
    void the_users_clock_counts(String zone, String now, boolean quiet) {
        assertThat(isQuiet("22:00", "07:00", zone, now)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        // 02:00 becomes 03:00, so the night has eight hours
        "2026-03-28T20:59:59Z, false",
        "2026-03-28T21:00:00Z, true",
        "2026-03-29T04:59:59Z, true",
        "2026-03-29T05:00:00Z, false"
    })
    void the_night_is_short_when_the_clock_jumps(String now, boolean quiet) {
        assertThat(isQuiet("22:00", "07:00", "Europe/Berlin", now)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        // 03:00 becomes 02:00, so the night has ten hours
        "2026-10-24T19:59:59Z, false", "2026-10-24T20:00:00Z, true", "2026-10-25T00:30:00Z, true",
        "2026-10-25T01:30:00Z, true", "2026-10-25T05:59:59Z, true", "2026-10-25T06:00:00Z, false"
    })
    void the_night_is_long_when_the_clock_goes_back(String now, boolean quiet) {
        assertThat(isQuiet("22:00", "07:00", "Europe/Berlin", now)).isEqualTo(quiet);
    }

    @Test
    void what_begins_in_the_hour_that_there_is_not_begins_after_it() {
        assertThat(isQuiet("02:30", "07:00", "Europe/Berlin", "2026-03-29T00:59:59Z"))
                .isFalse();
        assertThat(isQuiet("02:30", "07:00", "Europe/Berlin", "2026-03-29T01:00:00Z"))
                .isTrue();
    }

    @Test
    void the_hour_that_comes_twice_is_quiet_twice() {
        assertThat(isQuiet("02:15", "02:45", "Europe/Berlin", "2026-10-25T00:30:00Z"))
                .isTrue();
        assertThat(isQuiet("02:15", "02:45", "Europe/Berlin", "2026-10-25T01:00:00Z"))
                .isFalse();
        assertThat(isQuiet("02:15", "02:45", "Europe/Berlin", "2026-10-25T01:30:00Z"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"22:00, 07:00, Middle/Earth", "late, 07:00, UTC", "22:00, 25:00, UTC", "22:00, 22:00, UTC"})
    void what_can_not_be_understood_is_always_quiet(String start, String end, String zone) {
        assertThat(isQuiet(start, end, zone, "2026-11-24T12:00:00Z")).isTrue();
    }
}
