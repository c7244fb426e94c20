package dev.lifeline.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.lifeline.standalone.Up;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo assistant at work, and braked; and the agent of the documentation. */
@ExtendWith(Lifelines.class)
class AssistantSpec {

    private static final String BOB = "/api/users/22222222-2222-4222-8222-222222222222";
    private static final String SWITCH = "/control/users/bob/assistant";

    private final Running lifeline;
    private final Up up;
    private final HttpClient http = HttpClient.newHttpClient();
    private String token = "";
    private @Nullable Person bob;

    AssistantSpec(Running lifeline) {
        this.lifeline = lifeline;
        this.up = lifeline.up();
    }

    @BeforeEach
    void bob_has_his_mail_connected() {
        token = up.token("bob");
        bob = lifeline.signedIn("bob");
        bob.connect("Gmail");
        bob.consent(null);
        bob.sees("Gmail is connected");
    }

    @AfterEach
    void as_it_was() {
        up.control(SWITCH, "{\"on\": false}");
        pause(false);
        trust("suggest");
        send("DELETE", BOB + "/connectors/gmail", "");
        person().close();
        http.close();
    }

    @Test
    void proposes_waits_is_approved_acts_by_itself_where_it_is_trusted_and_stops_when_paused() {
        up.control("/control/users/bob/mail", "{\"count\": 3}"); // newsletters and questions, one of them up to no good
        inInbox(6);
        person().page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Switch the assistant on"))
                .click();
        eventually().until(() -> pending().size() == 6);
        assertThat(pending()).extracting(AssistantSpec::typeOf).contains("email.archive", "email.reply");
        inInbox(6);

        JsonNode reply = waiting("email.reply", "single");
        assertThat(waiting("email.reply", "dual")
                        .at("/action/parameters/subject")
                        .asString())
                .contains("rm -rf");
        approve(reply);
        String answered = "Sent: " + reply.at("/action/parameters/subject").asString();
        eventually().untilAsserted(() -> assertThat(account(person(), up)).contains(answered));
        approve(waiting("email.archive", "single"));
        inInbox(5);

        trust("low_autonomy");
        inInbox(3); // all newsletters are archived
        assertThat(pending()).extracting(AssistantSpec::typeOf).containsOnly("email.reply");
        person().photograph("story-assistant");

        pause(true);
        up.control("/control/users/bob/mail", "");
        eventually()
                .until(() -> pending().stream()
                        .anyMatch(each -> each.path("reason").asString().equals("paused_by_user")
                                && typeOf(each).equals("email.archive")));
        inInbox(4);

        pause(false);
        inInbox(3);
    }

    /** What {@code docs/agents.md} shows in Java, as it stands there. */
    @Test
    void the_agent_of_the_documentation_does_what_it_is_admitted_to_do(@TempDir Path directory) throws Exception {
        String documentation = Files.readString(Path.of("..", "docs", "agents.md"));
        int begin = documentation.indexOf("```java\n") + "```java\n".length();
        Path source = directory.resolve("Agent.java");
        Files.writeString(source, documentation.substring(begin, documentation.indexOf("```", begin)));
        String agent = JsonMapper.shared()
                .readTree(up.control("/control/users/bob/token", "{\"scope\": \"agent\"}"))
                .required("token")
                .asString();

        assertThat(run(source, agent)).contains("waits for a person");
        trust("low_autonomy");
        assertThat(run(source, agent)).contains("done");
        assertThat(up.get(BOB + "/approvals", agent).statusCode())
                .as("no agent approves itself")
                .isEqualTo(403);
    }

    private String run(Path source, String agent) throws IOException, InterruptedException {
        Process running = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        source.toString(),
                        up.url().toString(),
                        BOB.substring(BOB.lastIndexOf('/') + 1),
                        agent)
                .redirectErrorStream(true)
                .start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
        return said;
    }

    private JsonNode waiting(String actionType, String confirmation) {
        return pending().stream()
                .filter(each -> typeOf(each).equals(actionType))
                .filter(each -> each.path("confirmationLevel").asString().equals(confirmation))
                .findFirst()
                .orElseThrow();
    }

    private static String typeOf(JsonNode approval) {
        return approval.at("/action/actionType").asString();
    }

    private List<JsonNode> pending() {
        String body = up.get(BOB + "/approvals?status=pending&limit=50", token).body();
        return JsonMapper.shared().readTree(body).path("items").valueStream().toList();
    }

    private void approve(JsonNode approval) {
        String path = BOB + "/approvals/" + approval.path("approvalId").asString() + "/approve";
        assertThat(send("POST", path, "{}").statusCode()).isBetween(200, 202);
    }

    private void pause(boolean paused) {
        HttpResponse<String> answer = send("PUT", BOB + "/autonomy-pause", "{\"paused\": " + paused + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void trust(String tier) {
        JsonNode settings = JsonMapper.shared()
                .readTree(up.get(BOB + "/autonomy-settings", token).body());
        String body = """
                {"trustTier": "%s", "maxSpendPerActionCents": null, "maxDailySpendCents": null, "allowedDomains": [],
                 "blockedDomains": [], "requireApprovalForIrreversible": true, "quietHours": null, "timeZone": "%s"}
                """.formatted(tier, settings.path("timeZone").asString("UTC"));
        assertThat(send("PUT", BOB + "/autonomy-settings", body).statusCode()).isBetween(200, 202);
    }

    /** His account page, as he sees it now. */
    private static String account(Person bob, Up up) {
        bob.page().navigate(up.sandbox() + "/account");
        return bob.page().locator("main").innerText();
    }

    private void inInbox(int messages) {
        eventually().untilAsserted(() -> assertThat(account(person(), up)).contains(messages + " in the inbox"));
    }

    private Person person() {
        return Objects.requireNonNull(bob);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return ask(HttpRequest.newBuilder(up.url().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }
}
