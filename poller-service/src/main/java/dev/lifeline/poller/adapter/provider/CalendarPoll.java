package dev.lifeline.poller.adapter.provider;

import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.domain.classification.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a calendar as Google documents it: once in full, from then on what changed since the sync token; anew when the token
 * is gone (410). Of events only ids are asked for, and they are counted.
 *
 * <p>A poll reads so many pages at most, and ends with those it has when the time runs out; the next one reads on. The cursor is {@code sync TOKEN}, or
 * {@code page TOKEN SYNC-TOKEN} in the middle of a list.
 *
 * @see <a href="https://developers.google.com/workspace/calendar/api/guides/sync">Synchronize resources efficiently</a>
 */
final class CalendarPoll implements Poll {
    static final String API = "google-calendar";

    private static final String EVENTS = "/calendar/v3/calendars/primary/events";
    private static final String PAGE_SIZE = "2500";
    private static final int MOST_PAGES = 4;
    private static final Set<Integer> CURSOR_NOT_KNOWN = Set.of(400, 404, 410);

    private final Api api;

    CalendarPoll(Api api) {
        this.api = api;
    }

    /** Where a list stands. Both are empty at its beginning. */
    private record Position(String syncToken, String pageToken) {
        static final Position START = new Position("", "");

        static Position of(@Nullable String cursor) {
            String[] parts = cursor == null ? new String[0] : cursor.split(" ", -1);
            if (parts.length == 2 && parts[0].equals("sync")) {
                return new Position(parts[1], "");
            }
            return parts.length == 3 && parts[0].equals("page") ? new Position(parts[2], parts[1]) : START;
        }

        String cursor() {
            return pageToken.isEmpty() ? "sync " + syncToken : "page " + pageToken + " " + syncToken;
        }
    }

    @Override
    public Outcome read(String accessToken, @Nullable String cursor, Duration within) {
        return read(accessToken, Position.of(cursor), new Countdown(within));
    }

    private Outcome read(String accessToken, Position start, Countdown time) {
        Position position = start;
        long found = 0;
        for (int page = 1; page <= MOST_PAGES; page++) {
            Map<String, String> parameters = new HashMap<>(Map.of(
                    "maxResults",
                    PAGE_SIZE,
                    "fields",
                    "items(id),nextPageToken,nextSyncToken",
                    "syncToken",
                    position.syncToken(),
                    "pageToken",
                    position.pageToken()));
            Api.Reply reply = api.get(EVENTS, parameters, accessToken, time);
            if (page > 1 && reply.cameNotInTime(time)) {
                break;
            }
            if (CURSOR_NOT_KNOWN.contains(reply.status()) && !start.equals(Position.START)) {
                return read(accessToken, Position.START, time);
            }
            Optional<Map<String, Object>> content = reply.content();
            Position next = content.map(it -> next(it, start)).orElse(Position.START);
            if (content.isEmpty() || next.equals(Position.START)) {
                return reply.refusal();
            }
            found += Json.array(content.get(), "items").size();
            position = next;
            if (position.pageToken().isEmpty()) {
                break;
            }
        }
        return new Outcome.Read(found, position.cursor());
    }

    private static Position next(Map<String, Object> content, Position start) {
        String pageToken = Json.text(content, "nextPageToken");
        String syncToken = Objects.requireNonNullElse(Json.text(content, "nextSyncToken"), "");
        return pageToken == null || pageToken.isEmpty()
                ? new Position(syncToken, "")
                : new Position(start.syncToken(), pageToken);
    }
}
