package dev.lifeline.projector;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of health-projector.
 *
 * @param grace how long after its time a poll's outcome may come before the connector counts as stale; a duration, 10 s by
 *     default. Part of the fold: a rebuild with another grace gives other rows
 * @param verifyEvery how often each row is proven by the log in the background; a duration, 24 h by default; 0: never
 */
@ConfigurationProperties("lifeline.projector")
public record ProjectorProperties(
        @DefaultValue("10s") Duration grace,
        @DefaultValue("24h") Duration verifyEvery) {

    private static final Duration LEAST = Duration.ofMinutes(1);

    public ProjectorProperties {
        if (grace.isNegative()) {
            throw new IllegalArgumentException(
                    "lifeline.projector.grace is %s; it must not be negative".formatted(grace));
        }
        if (!verifyEvery.isZero() && verifyEvery.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "lifeline.projector.verify-every is %s; it must be 0, for never, or at least %s"
                            .formatted(verifyEvery, LEAST));
        }
    }
}
