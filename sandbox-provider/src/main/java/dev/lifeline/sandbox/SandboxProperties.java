package dev.lifeline.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * The settings of the sandbox provider.
 *
 * @param home the directory that keeps its state and keys; made when it is not there
 * @param issuer its address, as it stands in tokens; by default {@code http://127.0.0.1:PORT}
 * @param publicUrl the address of Lifeline, whose callbacks its clients may use
 * @param accessTokenLife how long an access token is accepted; Google's hour by default
 * @param slowAnswer how long the mode {@code slow} takes to answer
 * @param historyKept how many records of a mailbox's history are kept; a reader that is further behind gets 404
 * @param syncTokenLife how long a calendar's sync token is accepted; an older one gets 410
 */
@ConfigurationProperties("lifeline.sandbox")
public record SandboxProperties(
        @DefaultValue(".lifeline/sandbox") Path home,
        URI issuer,
        URI publicUrl,
        @DefaultValue("1h") Duration accessTokenLife,
        @DefaultValue("30s") Duration slowAnswer,
        @DefaultValue("1000") long historyKept,
        @DefaultValue("30d") Duration syncTokenLife) {

    public SandboxProperties {
        Assert.isTrue(positive(accessTokenLife), "lifeline.sandbox.access-token-life must be longer than nothing");
        Assert.isTrue(!slowAnswer.isNegative(), "lifeline.sandbox.slow-answer must not be negative");
        Assert.isTrue(historyKept >= 0, "lifeline.sandbox.history-kept must not be negative");
        Assert.isTrue(positive(syncTokenLife), "lifeline.sandbox.sync-token-life must be longer than nothing");
    }

    private static boolean positive(@Nullable Duration duration) {
        return duration != null && duration.isPositive();
    }
}
