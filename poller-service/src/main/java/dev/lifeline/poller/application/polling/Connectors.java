package dev.lifeline.poller.application.polling;

import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The schedule, shared by all pollers. Times are the store's. Blocking, thread-safe; throws {@link UnavailableException}
 * when the store is away.
 */
public interface Connectors {

    /**
     * Claims connectors of a kind that are due, longest due first: each gets its next attempt and a lease, and no other
     * poller gets it before that ends. Connectors that are disabled, or whose grant is dead, are never due, but
     * for the announcement of a consent that nobody was told of.
     */
    List<Claim> claimDue(String connector, int most, Duration lease);

    /** How long until a connector of a kind can be claimed, zero when one can; empty when none is scheduled. */
    Optional<Duration> untilNextDue(String connector);

    /**
     * Saves what an attempt came to, after its event was published: cursor, schedule, breaker, and the death of the grant.
     *
     * @return false when a later attempt was begun meanwhile; then nothing is saved
     */
    boolean conclude(Claim claim, Conclusion conclusion);

    /** Gives a claim back without an outcome. It can be claimed again, under a higher attempt, after that long. */
    void giveBack(Claim claim, Duration pause);
}
