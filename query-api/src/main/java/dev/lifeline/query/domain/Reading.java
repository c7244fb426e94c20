package dev.lifeline.query.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's rows, and how far they can be believed.
 *
 * @param rows the user's connectors, removed ones left out, by name
 * @param asOf when the projector last was caught up with all that concerns this user; absent: never yet
 * @param live whether changes would be noticed: false while the connection that tells of them is lost
 * @param pauses what holds back what would be done by itself
 */
public record Reading(List<ConnectorHealth> rows, @Nullable Instant asOf, boolean live, Pauses pauses) {

    /** How old {@code asOf} may become before the rows prove nothing any more. */
    public static final Duration BELIEVED_FOR = Duration.ofSeconds(10);

    public Reading {
        rows = List.copyOf(rows);
    }

    /** Where nothing is paused. */
    public Reading(List<ConnectorHealth> rows, @Nullable Instant asOf, boolean live) {
        this(rows, asOf, live, Pauses.NONE);
    }

    /** The same while that is paused. */
    public Reading with(Pauses others) {
        return new Reading(rows, asOf, live, others);
    }

    /** Whether the rows say how things are now, and not only how they once were. */
    public boolean current(Instant now) {
        return live && asOf != null && !asOf.isBefore(now.minus(BELIEVED_FOR));
    }
}
