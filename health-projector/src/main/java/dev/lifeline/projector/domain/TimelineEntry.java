package dev.lifeline.projector.domain;

import dev.lifeline.events.Condition;
import dev.lifeline.events.SourcePosition;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a user's history.
 *
 * @param at since when it is so
 * @param from the condition before; absent when the connector is new
 * @param to the condition now; absent once the connector is removed
 */
public record TimelineEntry(
        UUID userId,
        SourcePosition cause,
        int ordinal,
        Instant at,
        Kind kind,
        @Nullable String connectorName,
        @Nullable Condition from,
        @Nullable Condition to,
        @Nullable String errorCode,
        @Nullable String provider) {

    static TimelineEntry of(Change change, Kind kind) {
        ConnectorHealth before = change.before();
        ConnectorHealth after = change.after();
        return new TimelineEntry(
                after.userId(),
                change.cause(),
                change.ordinal(),
                change.at(),
                kind,
                after.name(),
                before == null || before.hidden() ? null : before.condition(),
                after.hidden() ? null : after.condition(),
                after.verdict().errorCode(),
                after.grant().provider());
    }

    static TimelineEntry of(CommandAnswer rejection) {
        return new TimelineEntry(
                rejection.userId(),
                rejection.source(),
                0,
                rejection.at(),
                Kind.COMMAND_REJECTED,
                rejection.connectorName(),
                null,
                null,
                null,
                null);
    }
}
