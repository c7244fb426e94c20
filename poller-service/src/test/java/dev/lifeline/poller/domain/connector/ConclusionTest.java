package dev.lifeline.poller.domain.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConclusionTest {

    private static final Claim CLAIM = new Claim(
            new UUID(0, 1),
            "gmail",
            "sandbox",
            new UUID(0, 2),
            1,
            1,
            true,
            7,
            Set.of("mail"),
            "alice@example.org",
            null,
            Breaker.CLOSED,
            false,
            Duration.ZERO);

    @ParameterizedTest
    @CsvSource({"0, PT5S", "0.5, PT4.75S", "0.9, PT4.55S"})
    void a_success_says_when_the_next_poll_is_and_never_later_than_the_interval(double random, Duration next) {
        Conclusion read = Conclusion.read(CLAIM, 1, "cursor", new Conclusion.Pace(Duration.ofSeconds(5), random));
        assertThat(read.next()).isEqualTo(next);
        assertThat(((ConnectorPolled) read.event()).nextPollIn()).isEqualTo(next);
    }
}
