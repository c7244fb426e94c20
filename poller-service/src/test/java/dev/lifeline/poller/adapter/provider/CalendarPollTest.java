package dev.lifeline.poller.adapter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Poll.Outcome;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CalendarPollTest {
    private final LocalServer server = new LocalServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private Outcome read(@Nullable String cursor) {
        return read(cursor, Duration.ofSeconds(10));
    }

    private Outcome read(@Nullable String cursor, Duration within) {
        var poll = new CalendarPoll(new Api(ProviderKind.GOOGLE, server.address(""), Calls.pooled()));
        return poll.read("the-token", cursor, within);
    }

    @Test
    void reads_everything_the_first_time_and_then_what_changed() {
        server.answers(200, "{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"nextPageToken\":\"p2\"}")
                .answers(200, "{\"items\":[{\"id\":\"c\"}],\"nextSyncToken\":\"s1=\"}")
                .answers(200, "{\"items\":[],\"nextSyncToken\":\"s2\"}");
        assertThat(read(null)).isEqualTo(new Outcome.Read(3, "sync s1="));
        assertThat(read("sync s1=")).isEqualTo(new Outcome.Read(0, "sync s2"));
        assertThat(server.asked()).allMatch(asked -> asked.path().equals("/calendar/v3/calendars/primary/events"));
        assertThat(server.asked().getFirst().parameters()).doesNotContainKeys("syncToken", "pageToken");
        assertThat(server.asked().get(1).parameters()).containsEntry("pageToken", "p2");
        assertThat(server.asked().get(2).parameters())
                .containsEntry("syncToken", "s1=")
                .doesNotContainKey("pageToken");
    }

    @Test
    void starts_anew_when_the_sync_token_is_gone() {
        server.answers(410, "{\"error\":{\"errors\":[{\"reason\":\"fullSyncRequired\"}]}}")
                .answers(200, "{\"items\":[{\"id\":\"a\"}],\"nextSyncToken\":\"s9\"}");
        assertThat(read("sync s1")).isEqualTo(new Outcome.Read(1, "sync s9"));
    }

    @Test
    void starts_anew_once_only() {
        server.answers(410, "").answers(410, "");
        assertThat(read("sync s1")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void reads_a_long_list_in_several_polls() {
        for (int page = 1; page <= 4; page++) {
            server.answers(200, "{\"items\":[{\"id\":\"a\"}],\"nextPageToken\":\"p" + page + "\"}");
        }
        assertThat(read("sync s1")).isEqualTo(new Outcome.Read(4, "page p4 s1"));
        server.answers(200, "{\"items\":[{\"id\":\"a\"}],\"nextSyncToken\":\"s2\"}");
        assertThat(read("page p4 s1")).isEqualTo(new Outcome.Read(1, "sync s2"));
        assertThat(server.asked().getLast().parameters())
                .containsEntry("pageToken", "p4")
                .containsEntry("syncToken", "s1");
    }

    @Test
    void a_cursor_that_is_none_starts_anew() {
        server.answers(200, "{\"items\":[],\"nextSyncToken\":\"s1\"}");
        assertThat(read("nonsense")).isEqualTo(new Outcome.Read(0, "sync s1"));
    }

    @Test
    void a_missing_scope_concerns_this_connector() {
        server.answers(403, "{\"error\":{\"errors\":[{\"reason\":\"insufficientPermissions\"}]}}");
        assertThat(read("sync s1")).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.unauthorized()).isFalse();
            assertThat(refused.verdict().failureClass()).isEqualTo(FailureClass.REAUTH);
            assertThat(refused.verdict().errorCode()).isEqualTo("insufficient_scope");
        });
    }

    @Test
    void a_success_without_a_token_to_read_on_from_is_refused() {
        server.answers(200, "{\"items\":[]}");
        assertThat(read("sync s1")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void ends_with_the_pages_it_has_when_the_time_runs_out() {
        server.answers(200, "{\"items\":[{\"id\":\"a\"}],\"nextPageToken\":\"p2\"}")
                .hangs();
        assertThat(read("sync s1", Duration.ofSeconds(2))).isEqualTo(new Outcome.Read(1, "page p2 s1"));
    }
}
