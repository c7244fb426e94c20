package dev.lifeline.sandbox.google;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lifeline.sandbox.SandboxProperties;
import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.agenda.Agenda;
import dev.lifeline.sandbox.state.StateFile;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Of the Google Calendar API: {@code events.list}, complete or since a sync token.
 *
 * @see <a href="https://developers.google.com/workspace/calendar/api/guides/sync">Synchronize resources efficiently</a>
 */
@RestController
final class CalendarController {

    private static final int USUAL_PAGE = 250;
    private static final int LARGEST_PAGE = 2500;
    private static final String SYNC = "sync";
    private static final String PAGE = "page";

    /** Parameters that narrow a list, and so can not be used with a sync token. */
    private static final Set<String> NOT_WITH_SYNC_TOKEN = Set.of(
            "iCalUID",
            "orderBy",
            "privateExtendedProperty",
            "q",
            "sharedExtendedProperty",
            "timeMin",
            "timeMax",
            "updatedMin");

    private final StateFile state;
    private final Clock clock;
    private final Duration syncTokenLife;

    CalendarController(StateFile state, Clock clock, SandboxProperties properties) {
        this.state = state;
        this.clock = clock;
        this.syncTokenLife = properties.syncTokenLife();
    }

    record EventTime(Instant dateTime, String timeZone) {}

    record Event(
            String kind,
            String id,
            String status,
            String summary,
            Instant created,
            Instant updated,
            EventTime start,
            EventTime end) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Events(
            String kind,
            String summary,
            String timeZone,
            String accessRole,
            Instant updated,
            List<Event> items,
            @Nullable String nextPageToken,
            @Nullable String nextSyncToken) {}

    /** 410 when the sync token is older than it may be, or was given for a calendar that is no more. */
    @GetMapping("/calendar/v3/calendars/{calendarId}/events")
    Events events(
            @PathVariable String calendarId,
            @RequestParam(required = false) @Nullable String syncToken,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(required = false) @Nullable Integer maxResults,
            @RequestParam Map<String, String> parameters,
            Principal principal) {
        Account account = Accounts.ofSubject(principal.getName());
        if (!calendarId.equals("primary") && !calendarId.equals(account.email())) {
            throw new GoogleException(GoogleErrors.NOT_FOUND);
        }
        if (syncToken != null && parameters.keySet().stream().anyMatch(NOT_WITH_SYNC_TOKEN::contains)) {
            throw new GoogleException(GoogleErrors.INVALID_ARGUMENT);
        }
        Agenda agenda = state.current().agenda(account.name());
        long seen = syncToken == null ? 0 : seen(syncToken, agenda);
        long upTo = agenda.events();
        if (pageToken != null) {
            List<Long> page = Page.numbers(PAGE, pageToken, 2);
            seen = page.getFirst();
            upTo = Math.min(upTo, page.getLast());
        }
        return list(account, agenda, seen, upTo, Page.size(maxResults, USUAL_PAGE, LARGEST_PAGE));
    }

    private Events list(Account account, Agenda agenda, long seen, long upTo, int size) {
        Instant now = clock.instant();
        List<Event> items = agenda.after(seen, upTo, size).stream()
                .map(CalendarController::event)
                .toList();
        long reached = seen + items.size();
        boolean more = reached < upTo;
        return new Events(
                "calendar#events",
                account.email(),
                "UTC",
                "owner",
                now,
                items,
                more ? Page.token(PAGE, reached, upTo) : null,
                more ? null : Page.token(SYNC, reached, now.getEpochSecond()));
    }

    private long seen(String syncToken, Agenda agenda) {
        List<Long> numbers = Page.numbers(SYNC, syncToken, 2);
        Instant given = Instant.ofEpochSecond(Math.min(numbers.getLast(), Instant.MAX.getEpochSecond()));
        if (numbers.getFirst() > agenda.events()
                || Duration.between(given, clock.instant()).compareTo(syncTokenLife) > 0) {
            throw new GoogleException(GoogleErrors.SYNC_TOKEN_GONE);
        }
        return numbers.getFirst();
    }

    private static Event event(Agenda.Event event) {
        return new Event(
                "calendar#event",
                event.id(),
                "confirmed",
                event.summary(),
                event.start(),
                event.start(),
                new EventTime(event.start(), "UTC"),
                new EventTime(event.end(), "UTC"));
    }
}
