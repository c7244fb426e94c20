package dev.lifeline.sandbox;

import static dev.lifeline.sandbox.Browser.encode;
import static dev.lifeline.sandbox.Browser.json;
import static dev.lifeline.sandbox.Client.field;
import static dev.lifeline.sandbox.Provider.EVENTS;
import static dev.lifeline.sandbox.Provider.HISTORY;
import static dev.lifeline.sandbox.Provider.MESSAGES;
import static dev.lifeline.sandbox.Provider.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.sandbox.Provider.Tokens;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GoogleApisTest {

    private static Sandbox sandbox;
    private static Provider provider;
    private Tokens tokens;

    @BeforeAll
    static void start(@TempDir Path home) {
        sandbox = SandboxApplication.start("lifeline.sandbox.home=" + home, "lifeline.sandbox.history-kept=20");
        provider = new Provider(sandbox.baseUrl());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void consent() {
        tokens = provider.consent("bob");
    }

    @Nested
    class Mail {

        @Test
        void the_profile_names_the_account_and_the_newest_history_id() {
            JsonNode before = read(PROFILE);
            provider.mail("bob", 2);
            JsonNode after = read(PROFILE);
            assertThat(after.required("emailAddress").stringValue()).isEqualTo("bob@example.org");
            assertThat(after.required("messagesTotal").longValue())
                    .isEqualTo(before.required("messagesTotal").longValue() + 2);
            assertThat(Long.parseLong(after.required("historyId").stringValue()))
                    .isGreaterThan(Long.parseLong(before.required("historyId").stringValue()));
        }

        @Test
        void the_history_lists_what_was_added_since_page_by_page() {
            String since = read(PROFILE).required("historyId").stringValue();
            provider.mail("bob", 5);
            List<String> added = new ArrayList<>();
            String page = "";
            int pages = 0;
            do {
                JsonNode history = read(HISTORY + "?historyTypes=messageAdded&maxResults=2&startHistoryId=" + since
                        + (page.isEmpty() ? "" : "&pageToken=" + page));
                history.required("history")
                        .forEach(each ->
                                added.add(each.at("/messagesAdded/0/message/id").stringValue()));
                page = history.path("nextPageToken").stringValue("");
                pages++;
            } while (!page.isEmpty());
            assertThat(pages).isEqualTo(3);
            assertThat(added).hasSize(5).doesNotHaveDuplicates();
        }

        @Test
        void nothing_new_is_no_history_at_all() {
            String now = read(PROFILE).required("historyId").stringValue();
            JsonNode history = read(HISTORY + "?startHistoryId=" + now);
            assertThat(history.has("history")).isFalse();
            assertThat(history.required("historyId").stringValue()).isEqualTo(now);
        }

        @Test
        void a_history_that_is_gone_or_never_was_is_404() {
            String old = read(PROFILE).required("historyId").stringValue();
            provider.mail("bob", 21);
            HttpResponse<String> gone = provider.read(HISTORY + "?startHistoryId=" + old, tokens);
            assertThat(gone.statusCode()).isEqualTo(404);
            assertThat(json(gone).at("/error/errors/0/reason").stringValue()).isEqualTo("notFound");
            assertThat(provider.read(HISTORY + "?startHistoryId=99999999", tokens)
                            .statusCode())
                    .isEqualTo(404);
        }

        @Test
        void all_messages_can_be_listed_newest_first() {
            provider.mail("bob", 3);
            long total = read(PROFILE).required("messagesTotal").longValue();
            var ids = new HashSet<String>();
            JsonNode page = read(MESSAGES + "?maxResults=2");
            while (true) {
                page.required("messages")
                        .forEach(each -> ids.add(each.required("id").stringValue()));
                if (!page.has("nextPageToken")) {
                    break;
                }
                page = read(MESSAGES + "?maxResults=2&pageToken="
                        + page.required("nextPageToken").stringValue());
            }
            assertThat(ids).hasSize(Math.toIntExact(total));
        }

        @Test
        void parameters_that_are_not_understood_are_400() {
            assertThat(provider.read(HISTORY, tokens).statusCode()).isEqualTo(400);
            assertThat(provider.read(HISTORY + "?startHistoryId=x", tokens).statusCode())
                    .isEqualTo(400);
            assertThat(provider.read(MESSAGES + "?pageToken=zzz", tokens).statusCode())
                    .isEqualTo(400);
            assertThat(provider.read(MESSAGES + "?maxResults=0", tokens).statusCode())
                    .isEqualTo(400);
        }

        @Test
        void the_mail_of_others_is_not_read() {
            assertThat(provider.read("/gmail/v1/users/bob@example.org/profile", tokens)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(provider.read("/gmail/v1/users/alice@example.org/profile", tokens)
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Nested
    class Calendar {

        @Test
        void lists_all_events_page_by_page_then_only_what_is_new() {
            event(5);
            JsonNode page = read(EVENTS + "?maxResults=3");
            int all = page.required("items").size();
            while (!page.has("nextSyncToken")) {
                page = read(EVENTS + "?maxResults=3&pageToken="
                        + page.required("nextPageToken").stringValue());
                all += page.required("items").size();
            }
            assertThat(all).isGreaterThanOrEqualTo(7);
            String sync = page.required("nextSyncToken").stringValue();
            event(2);
            JsonNode since = read(EVENTS + "?syncToken=" + encode(sync));
            assertThat(since.required("items").size()).isEqualTo(2);
            assertThat(read(EVENTS + "?syncToken="
                                    + encode(since.required("nextSyncToken").stringValue()))
                            .required("items")
                            .size())
                    .isZero();
        }

        @Test
        void a_sync_token_of_a_calendar_that_is_no_more_is_410(@TempDir Path other) {
            event(3);
            String sync = read(EVENTS).required("nextSyncToken").stringValue();
            try (Sandbox another = SandboxApplication.start("lifeline.sandbox.home=" + other)) {
                Provider elsewhere = new Provider(another.baseUrl());
                HttpResponse<String> gone =
                        elsewhere.read(EVENTS + "?syncToken=" + encode(sync), elsewhere.consent("bob"));
                assertThat(gone.statusCode()).isEqualTo(410);
                assertThat(json(gone).at("/error/errors/0/reason").stringValue())
                        .isEqualTo("fullSyncRequired");
            }
        }

        @Test
        void a_sync_token_goes_with_no_filter() {
            String sync = read(EVENTS).required("nextSyncToken").stringValue();
            assertThat(provider.read(EVENTS + "?timeMin=2026-01-01T00:00:00Z&syncToken=" + encode(sync), tokens)
                            .statusCode())
                    .isEqualTo(400);
            assertThat(provider.read(EVENTS + "?syncToken=zzz", tokens).statusCode())
                    .isEqualTo(400);
        }

        @Test
        void another_calendar_is_404() {
            assertThat(provider.read("/calendar/v3/calendars/holidays/events", tokens)
                            .statusCode())
                    .isEqualTo(404);
        }

        private void event(int count) {
            provider.http().postJson("/control/users/bob/events", "{\"count\": " + count + "}");
        }
    }

    @Test
    void without_the_scope_403_says_so() {
        Tokens mailOnly = provider.consent("bob", "{\"scopes\": [\"" + Client.GMAIL + "\"]}");
        assertThat(provider.read(PROFILE, mailOnly).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = provider.read(EVENTS, mailOnly);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).at("/error/status").stringValue()).isEqualTo("PERMISSION_DENIED");
        assertThat(json(refused).at("/error/details/0/reason").stringValue())
                .isEqualTo("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
    }

    @Test
    void a_token_for_sign_in_reads_no_mail() {
        var bearer = provider.http().postJson("/control/users/bob/token", "");
        assertThat(provider.read(PROFILE, new Tokens(field(bearer, "token"), "none"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(provider.http().get(PROFILE).statusCode()).isEqualTo(401);
    }

    private JsonNode read(String path) {
        HttpResponse<String> answer = provider.read(path, tokens);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }
}
