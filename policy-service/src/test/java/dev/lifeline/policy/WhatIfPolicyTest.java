package dev.lifeline.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand.PutPolicy;
import dev.lifeline.events.Policy;
import dev.lifeline.events.UserEvent.UserErased;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The command, on what policy-service itself has decided. */
@ExtendWith(Backends.class)
class WhatIfPolicyTest {

    private static final String NOTES = """
            {%s"name": "Notes", "priority": %d, "enabled": true,
             "rules": [{"field": "domain", "operator": "eq", "value": "notes", "effect": "%s", "reason": "because"}]}
            """;

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new WhatIfPolicy(home, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(List.of(arguments));
    }

    private JsonNode outcome(UUID user, String rules) throws IOException {
        out.reset();
        assertThat(run("--user", user.toString(), "--json", "--rules", file(rules)))
                .as(err.toString(UTF_8))
                .isZero();
        return Scene.JSON.readTree(out.toString(UTF_8));
    }

    private String file(String text) throws IOException {
        return Files.writeString(home.resolve("rules.json"), text).toString();
    }

    private void broker(String address) throws IOException {
        Files.writeString(
                home.resolve("kafka-admin.properties"),
                "bootstrap.servers=" + address + "\ndefault.api.timeout.ms=3000\nrequest.timeout.ms=1000\n");
    }

    @Test
    void judges_what_was_decided_by_what_was_written_then_and_by_what_is_proposed(Database database)
            throws IOException {
        broker(Backends.kafka().bootstrapServers());
        UUID known = UUID.randomUUID();
        try (RunningPolicy policy = new RunningPolicy(database)) {
            UUID user = policy.trustingUser();
            proposed(policy, user);
            Policy ask = new Policy(
                    known,
                    "Ask",
                    "",
                    1,
                    true,
                    List.of(new Policy.Rule("domain", "eq", "notes", "require_approval", "mine")));
            policy.command(new PutPolicy(user, UUID.randomUUID(), user, ActorRole.USER, ask, null));
            proposed(policy, user);
            proposed(policy, policy.trustingUser());
            policy.pause(user);
            proposed(policy, user);
            Scene.eventually()
                    .untilAsserted(() ->
                            assertThat(policy.heard(user, ActionDecided.class)).hasSize(3));

            JsonNode beside = outcome(user, NOTES.formatted("", 9, "deny"));
            assertThat(beside.required("decisions").asInt()).isEqualTo(3);
            assertThat(beside.required("judged").asInt()).isEqualTo(3);
            assertThat(beside.required("stricter").asInt()).isEqualTo(3);
            assertThat(beside.at("/changes/0/to/ruling").asString()).isEqualTo("deny");
            assertThat(beside.at("/changes/0/examples/0/at/topic").asString()).isEqualTo("lifeline.action.events");

            // only what was neither asked about nor paused changes by what was in force later
            JsonNode same = outcome(user, NOTES.formatted("\"policyId\": \"" + known + "\", ", 1, "require_approval"));
            assertThat(same.required("changed").asInt()).isEqualTo(1);
            assertThat(same.at("/changes/0/from/ruling").asString()).isEqualTo("auto_execute");

            JsonNode none = outcome(user, "[]");
            assertThat(none.required("looser").asInt()).isEqualTo(1);
            assertThat(none.at("/changes")
                            .valueStream()
                            .map(each -> each.at("/from/reason").asString("")))
                    .containsOnly("policy_rule");

            out.reset();
            assertThat(run("--user", user.toString(), "--rules", file("[]"))).isZero();
            assertThat(out.toString(UTF_8)).contains("would be judged otherwise, 0 more strictly, 1 less:");
            assertThat(err.toString(UTF_8)).contains("reading lifeline.action.events: ");

            JsonNode stranger = outcome(UUID.randomUUID(), "[]");
            assertThat(stranger.required("decisions").asInt()).isZero();

            policy.publish(new UserErased(user, Instant.EPOCH));
            assertThat(run("--user", user.toString(), "--rules", file("[]"))).isEqualTo(2);
            assertThat(err.toString(UTF_8))
                    .contains("was erased, at 1970-01-01T00:00:00Z; nothing of theirs is judged");
        }
    }

    /** On a machine that stalls it may take another try, which is about the same decision. */
    private static void proposed(RunningPolicy policy, UUID user) {
        String action = Scene.action(UUID.randomUUID(), "");
        Scene.eventually().until(() -> policy.propose(user, action).status() == 200);
    }

    @Nested
    class wrong_usage {

        @ParameterizedTest
        @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                ``                                                       ~ --user is missing; give the id
                --user                                                   ~ --user needs one value; give it once
                --user a --user b                                        ~ --user needs one value; give it once
                --user 11111111-1111-4111-8111-111111111111              ~ --rules is missing; give the file
                --user alice --rules /                                   ~ --user 'alice' is no user id; give a UUID
                --user 1-1-1-1-1 --rules /                               ~ --user '1-1-1-1-1' is no user id; give a UUID
                --everybody                                              ~ there is no argument '--everybody'
                --user 11111111-1111-4111-8111-111111111111 --rules /no/file ~ there is no /no/file; make one of what GET
                --user 11111111-1111-4111-8111-111111111111 --rules /    ~ can not be read
                """)
        void is_answered_with_the_remedy(String arguments, String message) {
            assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                    .isEqualTo(2);
            assertThat(err.toString(UTF_8)).contains(message);
            assertThat(out.size()).isZero();
        }

        @Test
        void is_a_policy_that_can_not_be_meant() throws IOException {
            String file = file(NOTES.formatted("", 1, "shred"));
            assertThat(run("--user", UUID.randomUUID().toString(), "--rules", file))
                    .isEqualTo(2);
            assertThat(err.toString(UTF_8))
                    .contains(file + ": rules[0].effect 'shred' is not known; it may be one of allow, deny");
        }
    }

    @Test
    void without_kafka_says_so() throws IOException {
        String user = UUID.randomUUID().toString();
        assertThat(run("--user", user, "--rules", file("[]"))).isEqualTo(3);
        assertThat(err.toString(UTF_8)).contains("kafka-admin.properties; start Lifeline with ./lifeline up");
        broker("127.0.0.1:1");
        assertThat(run("--user", user, "--rules", file("[]"))).isEqualTo(3);
        assertThat(err.toString(UTF_8)).contains("Kafka can not be read at 127.0.0.1:1: ");
    }

    @Test
    void help_is_no_failure() {
        assertThat(run("-h")).isZero();
        assertThat(err.toString(UTF_8)).startsWith("usage: lifeline whatif policy --user ID --rules FILE");
    }
}
