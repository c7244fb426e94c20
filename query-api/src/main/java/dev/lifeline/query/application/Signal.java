package dev.lifeline.query.application;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;

/** What an instance is told while it watches the database. */
public sealed interface Signal {

    /** From now on changes are told. What was read before proves nothing: something may have changed unseen. */
    record Watching() implements Signal {}

    /** Nothing is told any more; {@link Watching} comes when that is over. */
    record Lost() implements Signal {}

    /** What these users see has changed. */
    record Changed(Set<UUID> users) implements Signal {
        public Changed {
            users = Set.copyOf(users);
        }
    }

    /** What any user sees may have changed. */
    record AllChanged() implements Signal {}

    /** A session has ended. */
    record SignedOut(String session) implements Signal {}

    /**
     * Comes every second.
     *
     * @param caughtUpAt by partition, when the projector last was caught up; a partition that never was is missing
     * @param partitions how many there are
     * @param now the database's time
     */
    record Beat(Map<Integer, Instant> caughtUpAt, int partitions, Instant now) implements Signal {
        public Beat {
            caughtUpAt = Map.copyOf(caughtUpAt);
        }
    }

    /** Where signals come from; one connection for all who subscribe. */
    interface Source {

        /** Never ends and never fails: a lost connection is a signal, and mended by itself. */
        Flux<Signal> signals();
    }
}
