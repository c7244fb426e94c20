package dev.lifeline.query.application;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's history, newest first.
 *
 * @param asOf as in {@link dev.lifeline.query.domain.Reading}
 * @param next where the next page begins; absent on the last
 */
public record Timeline(
        @Nullable Instant asOf, List<Item> items, @Nullable Position next) {

    /**
     * One thing that happened.
     *
     * @param connector whose; absent where it is about none
     * @param subject what it is about where that is no connector, such as the type of an action; absent where the kind says it
     * @param description likewise, in people's own words: what an action is, why something was paused
     * @param changes of the user's settings; empty where it tells of none
     * @param from a condition, or a level of trust; absent where the change is of another kind
     * @param to likewise
     */
    public record Item(
            Position position,
            String kind,
            @Nullable String connector,
            @Nullable String subject,
            @Nullable String description,
            List<Change> changes,
            @Nullable String from,
            @Nullable String to,
            @Nullable String errorCode) {}

    /**
     * One of the settings, by its name in {@link dev.lifeline.events.AutonomySettings}.
     *
     * @param from what it was: a text, a number, a boolean, a list, a map, or absent
     * @param to what it became
     */
    public record Change(
            String setting, @Nullable Object from, @Nullable Object to) {}

    /** A place in the history, whose order is total: by time, then by where in the log the cause lies. */
    public record Position(Instant at, String topic, int partition, long offset, int ordinal) {}

    /**
     * Which page.
     *
     * @param before only what is older; absent: the newest
     * @param limit at most so many items, at least 1
     * @param connectorsOnly only what is about connectors
     */
    public record Query(@Nullable Position before, int limit, boolean connectorsOnly) {}

    public Timeline {
        items = List.copyOf(items);
    }
}
