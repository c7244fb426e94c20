package dev.lifeline.policy.application;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Where the state is. */
public interface Ledgers {

    /**
     * Does that in one transaction.
     *
     * @throws UnavailableException when the state can not be had
     */
    <T> T inTransaction(Function<Ledger, T> work);

    /** Decisions that have expired and do not know it, those that are due first; at most so many, and none of these. */
    List<UUID> expired(Instant now, int limit, Set<UUID> without);

    /** Decisions that are to be judged again, those that are due first; at most so many, and none of these. */
    List<UUID> toReconsider(int limit, Set<UUID> without);

    /** Says that this instance lives, and whether its environment's lever is pulled. */
    void heartbeat(String instance, boolean leverPulled);

    /** Forgets what nobody asks for any more. */
    void tidy();

    /**
     * How much is held back for many people at once, for operators to watch.
     *
     * @param operatorPauses pauses of the operator's that are in force, the environment's lever among them
     * @param unreadableCommands commands that could not be read, and that nobody has looked at yet
     */
    record Pulled(long operatorPauses, long unreadableCommands) {}

    Pulled pulled();
}
