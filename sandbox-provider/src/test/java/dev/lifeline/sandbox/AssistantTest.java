package dev.lifeline.sandbox;

import static dev.lifeline.sandbox.Browser.json;
import static dev.lifeline.sandbox.Client.field;
import static dev.lifeline.sandbox.Provider.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.sandbox.Provider.Tokens;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.JwtDecoders;

/** The demo assistant's switch, and what it can do with mail. */
class AssistantTest {

    private static final String SWITCH = "/control/users/alice/assistant";

    private static Sandbox sandbox;
    private static Provider provider;

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
    void off() {
        provider.revoke("alice");
    }

    @Test
    void is_off_until_it_is_switched_on_at_the_page_and_off_again_there() {
        var person = new Browser(sandbox.baseUrl());
        HttpResponse<String> page = person.signIn(person.get("/account"), "alice", "lifeline");
        assertThat(page.body()).contains("Demo assistant: off");
        assertThat(on()).isEqualTo("[]");

        HttpResponse<String> switchedOn = person.submit(page, "/account/assistant", Map.of(), List.of());
        assertThat(switchedOn.body())
                .contains("The demo assistant is on.", "Demo assistant: on", "Read, sort and send your mail");
        assertThat(on()).isEqualTo("[\"alice\"]");

        assertThat(person.submit(switchedOn, "/account/assistant", Map.of(), List.of())
                        .body())
                .contains("The demo assistant is off.", "Demo assistant: off");
        assertThat(on()).isEqualTo("[]");
    }

    @Test
    void taking_all_access_away_switches_it_off_and_ends_its_token() {
        Tokens tokens = mailToken();
        assertThat(provider.read(MESSAGES, tokens).statusCode()).isEqualTo(200);

        provider.revoke("alice");
        assertThat(on()).isEqualTo("[]");
        assertThat(provider.read(MESSAGES, tokens).statusCode()).isEqualTo(401);
        assertThat(provider.http().postJson(SWITCH + "/token", "").statusCode()).isEqualTo(404);
    }

    @Test
    void archives() {
        Tokens tokens = mailToken();
        String newest = json(provider.read(MESSAGES + "?labelIds=INBOX", tokens))
                .at("/messages/0/id")
                .stringValue();
        assertThat(provider.read(MESSAGES + "/" + newest, tokens).body()).contains("\"Subject\"", "\"INBOX\"");

        assertThat(post("/" + newest + "/modify", "{\"removeLabelIds\": [\"INBOX\"]}", tokens)
                        .statusCode())
                .isEqualTo(200);
        assertThat(provider.read(MESSAGES + "?labelIds=INBOX", tokens).body()).doesNotContain(newest);
        assertThat(provider.read(MESSAGES, tokens).body()).contains(newest);
        assertThat(post("/19affffffffffff/modify", "{}", tokens).statusCode()).isEqualTo(404);
    }

    @Test
    void sends() {
        Tokens tokens = mailToken();
        String mail = "To: nora@example.net\r\nSubject: Re: Thursday\r\n\r\nYes.";
        String raw = Base64.getUrlEncoder().encodeToString(mail.getBytes(StandardCharsets.UTF_8));

        assertThat(post("/send", "{\"raw\": \"" + raw + "\"}", tokens).body()).contains("\"SENT\"");
        var person = new Browser(sandbox.baseUrl());
        assertThat(person.signIn(person.get("/account"), "alice", "lifeline").body())
                .contains("Sent: Re: Thursday", "to nora@example.net");
        for (String wrong : List.of("{\"raw\": \"%%\"}", "{}", "no JSON")) {
            assertThat(post("/send", wrong, tokens).statusCode()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void who_may_only_read_mail_may_not_change_it() {
        Tokens reader = provider.consent("alice");

        assertThat(post("/send", "{\"raw\": \"VG86IG5vcmE\"}", reader).statusCode())
                .isEqualTo(403);
        assertThat(post("/19a0000000000001/modify", "{}", reader).statusCode()).isEqualTo(403);
    }

    @Test
    void a_token_for_lifeline_can_be_one_of_an_agent() {
        HttpResponse<String> given = provider.http().postJson("/control/users/alice/token", "{\"scope\": \"agent\"}");
        var issuer = JwtDecoders.fromIssuerLocation(sandbox.baseUrl().toString());
        assertThat(issuer.decode(field(given, "token")).getClaimAsString("scope"))
                .isEqualTo("agent");
        assertThat(provider.http()
                        .postJson("/control/users/alice/token", "{\"scope\": \"everything\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_switch_that_is_no_switch_is_refused_and_an_empty_body_only_asks() {
        assertThat(provider.http().postJson(SWITCH, "{\"on\": \"yes\"}").statusCode())
                .isEqualTo(400);
        assertThat(provider.http().postJson(SWITCH, "").body()).isEqualTo("{\"on\":false}");
    }

    @Test
    void the_switch_outlives_a_restart_and_an_older_mailbox_is_understood(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("state.json"), """
                {"mode": {"name": "ok"}, "grants": [], "mailboxes": {"alice": {"messages": 9}},
                 "agendas": {}}""");
        try (Sandbox first = SandboxApplication.start("lifeline.sandbox.home=" + home)) {
            new Provider(first.baseUrl()).http().postJson(SWITCH, "{\"on\": true}");
        }
        try (Sandbox second = SandboxApplication.start("lifeline.sandbox.home=" + home)) {
            var control = new Provider(second.baseUrl()).http();
            assertThat(control.get("/control/assistants").body()).isEqualTo("{\"on\":[\"alice\"]}");
            assertThat(control.postJson("/control/users/alice/mail", "").body()).contains("\"messages\":10");
        }
    }

    private static String on() {
        return json(provider.http().get("/control/assistants")).required("on").toString();
    }

    private static Tokens mailToken() {
        provider.http().postJson(SWITCH, "{\"on\": true}");
        return new Tokens(field(provider.http().postJson(SWITCH + "/token", ""), "token"), "");
    }

    private static HttpResponse<String> post(String path, String body, Tokens tokens) {
        return provider.http().postJson(MESSAGES + path, body, "Authorization", "Bearer " + tokens.access());
    }
}
