package dev.lifeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountPageTest {

    private static Sandbox sandbox;
    private static Provider provider;
    private Browser person;
    private HttpResponse<String> page;

    @BeforeAll
    static void start(@TempDir Path home) {
        sandbox = SandboxApplication.start("lifeline.sandbox.home=" + home);
        provider = new Provider(sandbox.baseUrl());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void signed_in() {
        provider.enter("ok");
        provider.revoke("alice");
        person = new Browser(sandbox.baseUrl());
        page = person.signIn(person.get("/account"), "alice", "lifeline");
    }

    @Test
    void shows_what_has_access_and_takes_it_back() {
        assertThat(page.body()).contains("Nothing has access");
        var tokens = provider.consent("alice");
        HttpResponse<String> connected = person.get("/account");
        assertThat(connected.body()).contains("Lifeline", "Read your mail", "Read your calendar", "<time datetime=");

        HttpResponse<String> revoked = person.submit(connected, "/account/revoke", Map.of(), List.of());
        assertThat(revoked.body()).contains("Access was revoked.", "Nothing has access");
        assertThat(provider.refresh(tokens).statusCode()).isEqualTo(400);
    }

    @Test
    void makes_the_service_fail_and_work_again() {
        var tokens = provider.consent("alice");
        HttpResponse<String> failing = person.submit(page, "/account/mode", Map.of("mode", "outage"), List.of());
        assertThat(failing.body()).contains("Make it work again");
        assertThat(provider.refresh(tokens).statusCode()).isEqualTo(503);
        person.submit(failing, "/account/mode", Map.of("mode", "ok"), List.of());
        assertThat(provider.refresh(tokens).statusCode()).isEqualTo(200);
    }

    @Test
    void sends_mail_to_oneself() {
        assertThat(person.submit(page, "/account/mail", Map.of(), List.of()).body())
                .contains("A new message lies in your mailbox.");
    }

    @Test
    void signs_out() {
        assertThat(person.submit(page, "/logout", Map.of(), List.of()).body()).contains("You are signed out.");
        assertThat(person.get("/account").body()).contains("Sign in");
    }

    @Test
    void a_post_without_the_pages_token_is_refused() {
        assertThat(person.postForm("/account/mail", Map.of()).statusCode()).isEqualTo(403);
    }

    @Test
    void has_no_script_and_forbids_any() {
        assertThat(page.body()).doesNotContain("<script", "onclick", "style=");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self' http://127.0.0.1:8080/")
                .doesNotContain("unsafe");
    }

    @Test
    void a_refusal_is_a_page_too() {
        HttpResponse<String> refused = person.submit(page, "/account/mode", Map.of("mode", "calm"), List.of());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("<h1>", "There is no such mode.");
    }

    @Test
    void what_is_not_there_is_said_so() {
        assertThat(person.get("/nothing").statusCode()).isEqualTo(404);
    }
}
