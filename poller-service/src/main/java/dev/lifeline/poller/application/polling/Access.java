package dev.lifeline.poller.application.polling;

import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.poller.domain.grant.Grant;
import dev.lifeline.poller.domain.grant.RefreshTurn;

/** Whether there is an access token to poll with. */
public sealed interface Access {

    /** There is. */
    record Usable(Grant grant) implements Access {}

    /**
     * The token endpoint gave none. The turn is still held, so that nobody asks again before the refusal is in the log; who
     * got this ends it.
     *
     * @param inDoubt what to end the turn with
     */
    record Refused(Verdict verdict, RefreshTurn turn, boolean inDoubt) implements Access {}

    /** The grant has died, was renewed or dropped since the claim, so the claim has nothing to say any more. */
    record Overtaken() implements Access {}

    /** There is no time for a refresh, or somebody else is at it for longer than there is. */
    record Busy() implements Access {}
}
