package dev.lifeline.policy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownTokensTest {

    private static final Caller CALLER =
            new Caller(UUID.fromString("11111111-1111-4111-8111-111111111111"), false, "1");

    private final Turned clock = new Turned();
    private final KnownTokens known = new KnownTokens(clock);

    @Test
    void a_token_is_known_for_a_minute() {
        known.add("token", CALLER, clock.now.plusSeconds(3600));

        assertThat(known.callerBy("token")).contains(CALLER);
        assertThat(known.callerBy("another")).isEmpty();
        clock.now = clock.now.plusSeconds(60);
        assertThat(known.callerBy("token")).isEmpty();
    }

    @Test
    void and_never_longer_than_it_is_valid() {
        known.add("token", CALLER, clock.now.plusSeconds(5));

        clock.now = clock.now.plusSeconds(5);
        assertThat(known.callerBy("token")).isEmpty();
    }

    @Test
    void of_too_many_those_are_forgotten_that_were_not_asked_about() {
        known.add("first", CALLER, clock.now.plusSeconds(30));
        for (int n = 0; n < 10_000; n++) {
            known.add("token " + n, CALLER, clock.now.plusSeconds(30));
        }
        assertThat(known.callerBy("first")).isEmpty();
        assertThat(known.callerBy("token 9999")).isPresent();
    }

    @Test
    void one_that_does_not_end_by_itself_is_verified_again_after_a_minute() {
        known.add("endless", CALLER, null);
        assertThat(known.callerBy("endless")).contains(CALLER);
        clock.now = clock.now.plusSeconds(60);
        assertThat(known.callerBy("endless")).isEmpty();
    }

    /** Turned by hand. */
    private static final class Turned extends Clock {

        private Instant now = Instant.parse("2026-11-24T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
