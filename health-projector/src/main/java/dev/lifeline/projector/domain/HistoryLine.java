package dev.lifeline.projector.domain;

import dev.lifeline.events.SourcePosition;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a user's history that is about no connector.
 *
 * @param kind as in the read model, such as {@code user_paused}
 * @param subject what it is about: the type of an action, what is paused; absent where the kind says it
 * @param from what was before; of levels of trust only
 * @param to what is now; of levels of trust only
 * @param code why, for programs; absent where there is nothing to tell
 * @param detail JSON of what happened, with all that it takes to say later how things stood; absent where nothing is to be
 *     kept
 */
public record HistoryLine(
        UUID userId,
        SourcePosition cause,
        Instant at,
        String kind,
        @Nullable String subject,
        @Nullable String from,
        @Nullable String to,
        @Nullable String code,
        @Nullable String detail) {

    private static final String REJECTED = "command_rejected";

    /** That a command was not carried out. */
    public static HistoryLine ofRejection(UUID userId, SourcePosition cause, Instant at, String code) {
        return of(userId, cause, at, REJECTED, null).because(code);
    }

    public boolean tellsOfRejection() {
        return kind.equals(REJECTED);
    }

    public static HistoryLine of(UUID userId, SourcePosition cause, Instant at, String kind, @Nullable String subject) {
        return new HistoryLine(userId, cause, at, kind, subject, null, null, null, null);
    }

    public HistoryLine because(@Nullable String why) {
        return new HistoryLine(userId, cause, at, kind, subject, from, to, why, detail);
    }

    public HistoryLine between(@Nullable String before, @Nullable String after) {
        return new HistoryLine(userId, cause, at, kind, subject, before, after, code, detail);
    }

    public HistoryLine telling(String json) {
        return new HistoryLine(userId, cause, at, kind, subject, from, to, code, json);
    }
}
