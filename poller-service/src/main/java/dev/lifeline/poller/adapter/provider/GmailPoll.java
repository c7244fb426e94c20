package dev.lifeline.poller.adapter.provider;

import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.domain.classification.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mailbox as Google documents it: once in full, from then on what the history has since; in full again when the
 * history no longer reaches back. The cursor is a history id. Of messages only ids are asked for, and they are counted.
 *
 * <p>A poll reads so many pages at most, and ends with those it has when the time runs out. A history that is longer is read on from its last record; of a full reading what
 * lies beyond is not counted.
 *
 * @see <a href="https://developers.google.com/workspace/gmail/api/guides/sync">Synchronize clients with Gmail</a>
 */
final class GmailPoll implements Poll {
    static final String API = "gmail";

    private static final String USER = "/gmail/v1/users/me";
    private static final int MOST_PAGES = 10;
    private static final String PAGE_SIZE = "500";
    private static final String HISTORY_ID = "\\d{1,20}";

    private final Api api;

    GmailPoll(Api api) {
        this.api = api;
    }

    @Override
    public Outcome read(String accessToken, @Nullable String cursor, Duration within) {
        Countdown time = new Countdown(within);
        return cursor == null || !cursor.matches(HISTORY_ID)
                ? everything(accessToken, time)
                : history(accessToken, cursor, time);
    }

    private Outcome history(String accessToken, String since, Countdown time) {
        String last = since;
        String pageToken = "";
        long found = 0;
        for (int page = 1; ; page++) {
            Api.Reply reply = api.get(
                    USER + "/history",
                    Map.of(
                            "startHistoryId", since,
                            "historyTypes", "messageAdded",
                            "maxResults", PAGE_SIZE,
                            "fields", "history(id,messagesAdded(message(id))),nextPageToken,historyId",
                            "pageToken", pageToken),
                    accessToken,
                    time);
            if (page > 1 && reply.cameNotInTime(time)) {
                return new Outcome.Read(found, last);
            }
            if (reply.status() == 404 || reply.status() == 400) {
                return everything(accessToken, time);
            }
            Optional<Map<String, Object>> content = reply.content();
            String reached = content.map(it -> id(it, "historyId")).orElse(null);
            if (content.isEmpty() || reached == null) {
                return reply.refusal();
            }
            for (Object each : Json.array(content.get(), "history")) {
                if (each instanceof Map<?, ?> entry) {
                    found += Json.array(entry, "messagesAdded").size();
                    last = Objects.requireNonNullElse(id(entry, "id"), last);
                }
            }
            pageToken = Objects.requireNonNullElse(Json.text(content.get(), "nextPageToken"), "");
            if (pageToken.isEmpty()) {
                return new Outcome.Read(found, reached);
            }
            if (page == MOST_PAGES) {
                return new Outcome.Read(found, last);
            }
        }
    }

    /** The history id is taken before the messages are listed, so that none that comes meanwhile is missed. */
    private Outcome everything(String accessToken, Countdown time) {
        Api.Reply profile = api.get(USER + "/profile", Map.of("fields", "historyId"), accessToken, time);
        String reached = profile.content().map(it -> id(it, "historyId")).orElse(null);
        if (reached == null) {
            return profile.refusal();
        }
        String pageToken = "";
        long found = 0;
        for (int page = 1; page <= MOST_PAGES; page++) {
            Api.Reply reply = api.get(
                    USER + "/messages",
                    Map.of("maxResults", PAGE_SIZE, "fields", "messages(id),nextPageToken", "pageToken", pageToken),
                    accessToken,
                    time);
            Optional<Map<String, Object>> content = reply.content();
            if (page > 1 && reply.cameNotInTime(time)) {
                break;
            }
            if (content.isEmpty()) {
                return reply.refusal();
            }
            List<?> messages = Json.array(content.get(), "messages");
            found += messages.size();
            pageToken = Objects.requireNonNullElse(Json.text(content.get(), "nextPageToken"), "");
            if (pageToken.isEmpty()) {
                break;
            }
        }
        return new Outcome.Read(found, reached);
    }

    /** Ids are numbers of 64 bits, written as texts. */
    private static @Nullable String id(Map<?, ?> object, String name) {
        Object value = Json.at(object, name);
        String id = value instanceof Json.Numeral number ? number.text() : value instanceof String text ? text : "";
        return id.matches(HISTORY_ID) ? id : null;
    }
}
