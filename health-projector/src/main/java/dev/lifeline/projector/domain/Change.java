package dev.lifeline.projector.domain;

import dev.lifeline.events.SourcePosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One connector, changed.
 *
 * @param before absent when it is new
 * @param kind what the timeline says of it; absent when there is nothing to tell
 * @param at since when it is so
 * @param cause the event that did it; for staleness the event whose successor is overdue
 * @param ordinal tells apart what one event caused
 * @param published whether subscribers hear of it
 */
public record Change(
        @Nullable ConnectorHealth before,
        ConnectorHealth after,
        @Nullable Kind kind,
        Instant at,
        SourcePosition cause,
        int ordinal,
        boolean published) {

    /** Whether subscribers are to forget the connector. */
    public boolean removal() {
        return kind == Kind.REMOVED;
    }
}
