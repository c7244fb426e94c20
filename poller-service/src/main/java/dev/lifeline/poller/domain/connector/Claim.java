package dev.lifeline.poller.domain.connector;

import dev.lifeline.events.ConnectorEvent;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connector that has been taken for one attempt, as it was then. Nobody else has this attempt, and its outcome is saved
 * only while no later one was begun.
 *
 * @param connector its name within the user's
 * @param generation the grant's
 * @param announcedGeneration the newest that was published for this connector; lower: the consent is to be published
 * @param introduced whether ConnectorConnected was published since it was connected, or connected again after its removal
 * @param attempt one higher than that of the claim before
 * @param scopes what was granted, which may be less than what was asked for
 * @param account the provider's name for the account
 * @param cursor where the last reading ended
 * @param lateness how long after its due time it was claimed
 */
public record Claim(
        UUID userId,
        String connector,
        String provider,
        UUID grantId,
        long generation,
        long announcedGeneration,
        boolean introduced,
        long attempt,
        Set<String> scopes,
        String account,
        @Nullable String cursor,
        Breaker breaker,
        boolean disabled,
        Duration lateness) {

    public Claim {
        scopes = Set.copyOf(scopes);
    }

    /** Whether a consent was given that nobody has been told of: then that is what this attempt publishes. */
    public boolean announces() {
        return announcedGeneration < generation;
    }

    /**
     * The event that this attempt publishes.
     *
     * @param type the constructor of one that takes one thing beside what all have in common
     */
    public <T extends @Nullable Object, E extends ConnectorEvent.Claimed> E event(
            Type<T, E> type, int failures, Duration nextPollIn, T more) {
        return type.of(userId, connector, provider, grantId, generation, attempt, failures, nextPollIn, more);
    }

    /** A type of event, with what every event of a claim has in common, and one thing more. */
    @FunctionalInterface
    public interface Type<T extends @Nullable Object, E extends ConnectorEvent.Claimed> {
        E of(
                UUID userId,
                String connector,
                String provider,
                UUID grantId,
                long generation,
                long attempt,
                int failures,
                Duration nextPollIn,
                T more);
    }

    /** Without the account. */
    @Override
    public String toString() {
        return "Claim[" + userId + "/" + connector + ", generation " + generation + ", attempt " + attempt + "]";
    }
}
