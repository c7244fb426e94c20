package dev.lifeline.poller.adapter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Poll.Outcome;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GmailPollTest {
    private final LocalServer server = new LocalServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private Outcome read(@Nullable String cursor) {
        return read(cursor, Duration.ofSeconds(10));
    }

    private Outcome read(@Nullable String cursor, Duration within) {
        var poll = new GmailPoll(new Api(ProviderKind.GOOGLE, server.address("/"), Calls.pooled()));
        return poll.read("the-token", cursor, within);
    }

    private static String records(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(id -> "{\"id\":\"" + id + "\",\"messagesAdded\":[{\"message\":{\"id\":\"m" + id + "\"}}]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void reads_everything_the_first_time() {
        server.answers(200, "{\"historyId\":\"42\"}")
                .answers(200, "{\"messages\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"nextPageToken\":\"p2\"}")
                .answers(200, "{\"messages\":[{\"id\":\"c\"}]}");
        assertThat(read(null)).isEqualTo(new Outcome.Read(3, "42"));
        assertThat(server.asked())
                .extracting(LocalServer.Asked::path)
                .containsExactly(
                        "/gmail/v1/users/me/profile", "/gmail/v1/users/me/messages", "/gmail/v1/users/me/messages");
        assertThat(server.asked().get(2).parameters()).containsEntry("pageToken", "p2");
        assertThat(server.asked().getFirst().headers()).containsEntry("Authorization", "Bearer the-token");
    }

    @Test
    void reads_on_from_the_history() {
        server.answers(200, "{\"history\":" + records(43, 44) + ",\"nextPageToken\":\"p2\",\"historyId\":\"50\"}")
                .answers(200, "{\"history\":" + records(45, 45) + ",\"historyId\":\"51\"}");
        assertThat(read("42")).isEqualTo(new Outcome.Read(3, "51"));
        assertThat(server.asked()).allMatch(asked -> asked.path().equals("/gmail/v1/users/me/history"));
        assertThat(server.asked().get(1).parameters())
                .containsEntry("startHistoryId", "42")
                .containsEntry("pageToken", "p2");
    }

    @Test
    void finds_nothing_when_nothing_is_new() {
        server.answers(200, "{\"historyId\":\"42\"}");
        assertThat(read("42")).isEqualTo(new Outcome.Read(0, "42"));
    }

    @Test
    void reads_everything_when_the_history_id_is_gone() {
        server.answers(404, "{\"error\":{\"code\":404,\"status\":\"NOT_FOUND\"}}")
                .answers(200, "{\"historyId\":\"99\"}")
                .answers(200, "{}");
        assertThat(read("42")).isEqualTo(new Outcome.Read(0, "99"));
    }

    @Test
    void reads_a_long_history_in_several_polls() {
        for (int page = 0; page < 10; page++) {
            int first = 100 + page * 2;
            server.answers(
                    200,
                    "{\"history\":" + records(first, first + 1) + ",\"nextPageToken\":\"n\",\"historyId\":\"999\"}");
        }
        assertThat(read("42")).isEqualTo(new Outcome.Read(20, "119"));
    }

    @Test
    void tells_a_token_that_was_not_accepted() {
        server.answers(401, "{\"error\":{\"code\":401,\"status\":\"UNAUTHENTICATED\"}}");
        assertThat(read("42")).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.unauthorized()).isTrue();
            assertThat(refused.verdict().failureClass()).isEqualTo(FailureClass.TRANSIENT);
        });
    }

    @Test
    void a_success_that_is_none_is_refused() {
        for (String body : new String[] {"", "<html>", "[]", "{}", "{\"historyId\":{}}"}) {
            server.answers(200, body);
            assertThat(read("42"))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.verdict().errorCode()).isEqualTo("unreadable_answer"));
        }
    }

    @Test
    void a_page_that_fails_leaves_the_old_cursor() {
        server.answers(200, "{\"history\":" + records(43, 44) + ",\"nextPageToken\":\"p2\",\"historyId\":\"50\"}")
                .answers(503, "");
        assertThat(read("42")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void ends_with_the_pages_it_has_when_the_time_runs_out() {
        server.answers(200, "{\"history\":" + records(43, 44) + ",\"nextPageToken\":\"p2\",\"historyId\":\"50\"}")
                .hangs();
        assertThat(read("42", Duration.ofSeconds(2))).isEqualTo(new Outcome.Read(2, "44"));
    }

    @Test
    void the_first_time_counts_what_it_has_when_the_time_runs_out() {
        server.answers(200, "{\"historyId\":\"42\"}")
                .answers(200, "{\"messages\":[{\"id\":\"a\"}],\"nextPageToken\":\"p2\"}")
                .hangs();
        assertThat(read(null, Duration.ofSeconds(2))).isEqualTo(new Outcome.Read(1, "42"));
    }

    @Test
    void without_any_page_in_time_has_failed() {
        server.hangs();
        assertThat(read("42", Duration.ofMillis(200))).isInstanceOf(Outcome.Refused.class);
    }
}
