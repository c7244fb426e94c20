package dev.lifeline.projector;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of health-projector.
 *
 * @param grace how long after its time a poll's outcome may come before the connector counts as stale; a duration, 10 s by
 *     default. Part of the fold: a rebuild with another grace gives other rows
 */
@ConfigurationProperties("lifeline.projector")
public record ProjectorProperties(@DefaultValue("10s") Duration grace) {

    public ProjectorProperties {
        if (grace.isNegative()) {
            throw new IllegalArgumentException(
                    "lifeline.projector.grace is %s; it must not be negative".formatted(grace));
        }
    }
}
