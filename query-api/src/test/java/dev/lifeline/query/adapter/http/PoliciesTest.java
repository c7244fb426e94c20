package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.AutonomyCommand.PutPolicy;
import dev.lifeline.events.Policy;
import dev.lifeline.query.AutonomyRows;
import dev.lifeline.query.Program.Reply;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest extends AutonomyScene {

    private static final UUID POLICY = UUID.fromString("bbbbbbbb-0000-4000-8000-000000000001");
    private static final String ALL = "/api/users/" + ALICE.id() + "/policies";
    private static final String DENY_EMAIL =
            "{\"field\": \"domain\", \"operator\": \"eq\", \"value\": \"email\", \"effect\": \"deny\", \"reason\": \"\"}";

    private static Policy stored(int priority, String domain, String effect) {
        return new Policy(
                POLICY,
                "Mine",
                "",
                priority,
                true,
                List.of(new Policy.Rule("domain", "eq", domain, effect, "I want to see it")));
    }

    private static String policy(String rules) {
        return "{\"policyId\": \"ignored\", \"name\": \"Mine\", \"priority\": 10, \"enabled\": true, \"rules\": ["
                + rules + "]}";
    }

    @Test
    void are_listed_as_they_were_written() {
        rows.policy(ALICE.id(), stored(10, "email", "require_approval"));

        Reply all = alice.get(ALL);
        assertThat(all.at("/asOf")).endsWith("Z");
        assertThat(all.at("/items/0/policyId")).isEqualTo(POLICY.toString());
        assertThat(all.at("/items/0/name")).isEqualTo("Mine");
        assertThat(all.at("/items/0/rules/0/value")).isEqualTo("email");
        assertThat(all.at("/items/0/rules/0/effect")).isEqualTo("require_approval");
    }

    @Test
    void are_written_and_removed_by_commands() {
        CompletableFuture<PutPolicy> put = commands.answer(PutPolicy.class, command -> {
            rows.policy(ALICE.id(), command.policy());
            done(command);
        });
        Reply reply = alice.put(ALL + "/" + POLICY, policy(DENY_EMAIL));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/items/0/policyId")).isEqualTo(POLICY.toString());
        assertThat(put.join().policy().rules()).hasSize(1);

        refuseNext("unknown", "None such.");
        assertThat(alice.delete(ALL + "/" + POLICY).status()).isEqualTo(404);
    }

    @Test
    void say_with_their_version_which_were_looked_at_so_that_others_are_not_overwritten() {
        rows.policy(ALICE.id(), stored(10, "email", "require_approval"));
        String version = alice.get(ALL).at("/items/0/version");
        CompletableFuture<PutPolicy> given = commands.answer(
                PutPolicy.class,
                each -> rows.answered(
                        each.userId(), each.commandId(), "policy_changed", "They were changed meanwhile."));

        Reply reply = alice.put(
                ALL + "/" + POLICY, policy(DENY_EMAIL).replaceFirst("\\{", "{\"version\": " + version + ", "));

        assertThat(given.join().version()).isEqualTo(1);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.at("/code")).isEqualTo("policy_changed");
        assertThat(reply.at("/error")).isEqualTo("They were changed meanwhile.");
    }

    @Test
    void that_policy_service_finds_malformed_are_refused_like_those_that_are_found_so_here() {
        refuseNext("malformed", "name is taken; give another");

        assertThat(alice.put(ALL + "/" + POLICY, policy(DENY_EMAIL)).refusal())
                .isEqualTo("400 name: name is taken; give another.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "domain"  | "colour" | rules[0].field    | is not known; it may be one of actionType
            "eq"      | "like"   | rules[0].operator | is not known; it may be one of eq, neq
            "email"   | 7        | rules[0].value    | it must be a text
            "deny"    | "maybe"  | rules[0].effect   | is not known; it may be one of allow
            "Mine"    | " "      | name              | is empty; give the rules a name
            "rules"   | "rulez"  | rules             | is missing; it must be a list
            "enabled" | "disabled": true, "enabled" | disabled | is not known here; there are name, description,
            "domain"  | null     | rules[0].field    | is missing; it must be a text
            10        | "high"   | priority          | is not of its type; it must be a whole number
            """)
    void that_can_not_be_meant_are_refused_with_the_field_and_the_remedy(
            String before, String after, String field, String remedy) {
        Reply reply = alice.put(ALL + "/" + POLICY, policy(DENY_EMAIL).replace(before, after));

        assertThat(reply.refusal()).startsWith("400 " + field + ": " + field).contains(remedy);
    }

    @Test
    void that_are_null_are_no_rules() {
        assertThat(alice.put(ALL + "/" + POLICY, policy("null")).refusal())
                .startsWith("400 rules[0]: rules[0] is missing");
        assertThat(alice.post(ALL + "/preview", "{\"rules\": [null]}").refusal())
                .startsWith("400 rules[0]: rules[0] is missing");
    }

    @Test
    void of_ten_thousand_rules_are_too_long() {
        String rules = String.join(",", Collections.nCopies(10_000, DENY_EMAIL));

        assertThat(alice.put(ALL + "/" + POLICY, policy(rules)).refusal())
                .isEqualTo("400 rules: rules are 10000; a policy may have at most 100, so divide it.");
        assertThat(alice.put(ALL + "/" + POLICY, policy(rules + "," + rules + "," + rules))
                        .status())
                .isEqualTo(413);
    }

    @Nested
    class a_preview {

        @BeforeEach
        void something_was_decided() {
            rows.decided(ALICE.id(), UUID.randomUUID(), AutonomyRows.action("email", "Archive a newsletter"), 9);
            rows.decided(
                    ALICE.id(),
                    UUID.randomUUID(),
                    AutonomyRows.action("email", "Answer Bob"),
                    3,
                    AutonomyRows.approval("quiet_hours"));
            rows.decided(ALICE.id(), UUID.randomUUID(), AutonomyRows.action("calendar", "Move lunch"), 1);
        }

        private Reply of(String body) {
            Reply reply = alice.post(ALL + "/preview", body);
            assertThat(reply.status()).as(reply.at("/error")).isEqualTo(200);
            return reply;
        }

        @Test
        void tells_what_each_rule_would_have_done_to_past_actions() {
            Reply preview = of("{\"rules\": [" + DENY_EMAIL + "]}");

            assertThat(preview.at("/actions")).isEqualTo("3");
            assertThat(preview.at("/rules/0/matched")).isEqualTo("2");
            assertThat(preview.at("/rules/0/stricter")).isEqualTo("2");
            assertThat(preview.at("/rules/0/looser")).isEqualTo("0");
            assertThat(preview.at("/rules/0/examples/0/description")).isEqualTo("Answer Bob");
            assertThat(preview.at("/rules/0/examples/0/before")).isEqualTo("require_approval");
            assertThat(preview.at("/rules/0/examples/0/after")).isEqualTo("deny");
            assertThat(preview.at("/rules/0/examples/1/actionType")).isEqualTo("email.archive");
            assertThat(preview.at("/rules/0/examples/1/before")).isEqualTo("auto_execute");
            assertThat(preview.at("/rules/0/examples/1/at")).endsWith("Z");
        }

        @Test
        void tries_the_draft_in_the_place_of_what_it_replaces_and_beside_the_others() {
            rows.policy(ALICE.id(), stored(100, "email", "allow"));
            String rules = "\"rules\": [" + DENY_EMAIL + "]}";

            assertThat(of("{" + rules).at("/rules/0/matched")).isEqualTo("0");
            assertThat(of("{\"policyId\": \"" + POLICY + "\", \"name\": \"\", \"priority\": 1, \"enabled\": false, "
                                    + rules)
                            .at("/rules/0/matched"))
                    .isEqualTo("2");
        }

        @Test
        void looks_at_the_last_hundred_actions() {
            for (int n = 0; n < 101; n++) {
                rows.decided(ALICE.id(), UUID.randomUUID(), AutonomyRows.action("email", "old"), 100 + n);
            }

            Reply preview = of("{\"rules\": [" + DENY_EMAIL + "]}");
            assertThat(preview.at("/actions")).isEqualTo("100");
            assertThat(preview.at("/rules/0/matched")).isEqualTo("99");
        }

        @Test
        void of_what_can_not_be_meant_says_what_is_wrong() {
            assertThat(alice.post(ALL + "/preview", "{\"rules\": [" + DENY_EMAIL.replace("email", "") + "]}")
                            .refusal())
                    .startsWith("400 rules[0].value: rules[0].value is empty");
        }
    }
}
