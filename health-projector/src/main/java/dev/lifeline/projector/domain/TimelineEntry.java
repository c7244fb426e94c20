package dev.lifeline.projector.domain;

import dev.lifeline.events.Condition;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.Personal;
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
 * @param grantId what the connector lives on; absent when it is about none, as all that follows
 * @param failureClass who has to act from then on
 * @param lastSuccessAt as it was then
 * @param account to which consent was given; absent when it was not
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
        @Nullable String provider,
        @Nullable UUID grantId,
        @Nullable FailureClass failureClass,
        @Nullable Instant lastSuccessAt,
        @Nullable @Personal String account) {

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
                after.grant().provider(),
                after.grant().id(),
                after.verdict().failureClass(),
                after.lastSuccessAt(),
                kind == Kind.CONNECTED || kind == Kind.REAUTHORIZED
                        ? after.grant().account()
                        : null);
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
                null,
                null,
                null,
                null,
                null);
    }
}
