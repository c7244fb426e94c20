package dev.lifeline.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of policy-service, {@code lifeline.policy.*}. Durations are written {@code 5s} or {@code PT5S}.
 *
 * @param autoExecuteDisabled whether this instance withholds everything, read once at the start and lifted by no command;
 *     whatever is not {@code false}, {@code 0}, {@code no}, {@code off} or empty says so
 * @param issuer the address of the OpenID issuer that vouches for callers
 * @param instance a name that no other instance has at the same time; made up when absent
 * @param commandsWithin how long ago the commands may have been read to their end before every action needs approval; 5 s
 * @param instanceWithin how long an instance that is not heard of any more counts for the operator's line; 10 s
 * @param upkeepInterval how often what has expired ends, and what waited for something that is over is judged again; 250 ms
 */
@ConfigurationProperties("lifeline.policy")
public record PolicyProperties(
        @DefaultValue("false") String autoExecuteDisabled,
        String issuer,
        @Nullable String instance,
        @DefaultValue("5s") Duration commandsWithin,
        @DefaultValue("10s") Duration instanceWithin,
        @DefaultValue("250ms") Duration upkeepInterval) {

    public PolicyProperties {
        if (issuer == null || issuer.isBlank()) {
            throw new IllegalArgumentException(
                    "lifeline.policy.issuer is missing: give the address of the OpenID issuer, such as https://id.example.org");
        }
        positive("commands-within", commandsWithin);
        positive("instance-within", instanceWithin);
        positive("upkeep-interval", upkeepInterval);
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(
                    "lifeline.policy." + name + " is " + duration + "; it must be more than nothing");
        }
    }
}
