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
     * Claims connectors of a kind that are due, longest due first: each gets its next attempt and a lease, and is due again
     * when that ends, unless its claim comes to something before. Connectors that are disabled, or whose grant is dead, are
     * not due, but for the announcement of a consent that nobody was told of.
     */
    List<Claim> claimDue(String connector, int most, Duration lease);

    /** How long until a connector of a kind is due, zero when one is; empty when none is scheduled. */
    Optional<Duration> untilNextDue(String connector);

    /**
     * Makes connectors of a kind due that were saved at a time which is yet to come: the store's clock has been set back
     * since, and they would be due only when it has come there again.
     *
     * @return how many
     */
    int makeDueAfterClockWasSetBack(String connector);

    /**
     * Saves what an attempt came to, after its event was published: cursor, schedule, breaker, and the death of the grant. A
     * grant whose credential has moved on from the version that was refused lives, and the connector is due again at once.
     *
     * @return false when a later attempt was begun meanwhile; then nothing is saved
     */
    boolean conclude(Claim claim, Conclusion conclusion);

    /**
     * Gives a claim back without an outcome. It can be claimed again, under a higher attempt, after that long; not at all
     * when its grant is dead.
     */
    void giveBack(Claim claim, Duration pause);
}
