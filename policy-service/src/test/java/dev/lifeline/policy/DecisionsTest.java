package dev.lifeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.AutonomySettings.QuietHours;
import dev.lifeline.events.TrustTier;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What agents ask over HTTP. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionsTest {

    private RunningPolicy policy;
    private UUID user;

    @BeforeAll
    void start(Database database) {
        policy = new RunningPolicy(database);
        user = policy.trustingUser();
    }

    @AfterAll
    void stop() {
        policy.close();
    }

    /** Nobody is told that they are over: what waits for nothing else is looked at now and then. */
    @Test
    void what_waits_for_quiet_hours_to_end_is_judged_again_by_itself() {
        UUID sleeper = policy.trustingUser();
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        AutonomySettings open = Scene.settings(TrustTier.HIGH_AUTONOMY);
        AutonomySettings quiet = new AutonomySettings(
                open.trustTier(),
                open.maxSpendPerActionCents(),
                open.maxDailySpendCents(),
                open.allowedDomains(),
                open.blockedDomains(),
                false,
                new QuietHours(now.minusHours(1).toString(), now.plusHours(1).toString()),
                "UTC");
        policy.command(new UpdateAutonomySettings(sleeper, UUID.randomUUID(), sleeper, ActorRole.USER, quiet, null));
        Scene.Reply waiting = policy.propose(sleeper);
        assertThat(waiting.text("reason")).isEqualTo("quiet_hours");
        String decision = " decision WHERE decision_id = '" + waiting.text("decisionId") + "'";
        assertThat(policy.database.value("SELECT reconsider_at - updated_at FROM" + decision))
                .isEqualTo("00:05:00");

        policy.database.execute(
                "UPDATE autonomy SET settings = regexp_replace(settings, '\"quietHours\":[{][^}]*[}]', '\"quietHours\":null')"
                        + " WHERE user_id = '" + sleeper + "'",
                "UPDATE decision SET reconsider_at = now() WHERE user_id = '" + sleeper + "'");
        Scene.eventually()
                .untilAsserted(() -> assertThat(policy.database.value("SELECT state FROM" + decision))
                        .isEqualTo("open"));
    }

    /** As a later release may have written them, before one went back to this. */
    @Test
    void what_can_not_be_judged_again_stands_in_nobodys_way() {
        UUID other = policy.trustingUser();
        policy.database.execute("""
                INSERT INTO decision (decision_id, user_id, action_id, action_hash, action, verdict, revision, state,
                                      expires_at, approval_id, reconsider_at)
                SELECT gen_random_uuid(), '%s', gen_random_uuid(), '', 'no JSON', '{}', 1, 'waiting',
                       now() - interval '1 hour', gen_random_uuid(), now() - interval '1 hour'
                FROM generate_series(1, 450)
                """.formatted(other));
        try {
            String again = policy.propose(user).text("decisionId");
            String late = policy.propose(user).text("decisionId");
            policy.database.execute(
                    "UPDATE decision SET reconsider_at = now() WHERE decision_id = '" + again + "'",
                    "UPDATE decision SET expires_at = now() WHERE decision_id = '" + late + "'");

            Scene.eventually()
                    .untilAsserted(() -> assertThat(policy.database.value(
                                    "SELECT reconsider_at FROM decision WHERE decision_id = '" + again + "'"))
                            .isNull());
            Scene.eventually()
                    .untilAsserted(() -> assertThat(policy.database.value(
                                    "SELECT state FROM decision WHERE decision_id = '" + late + "'"))
                            .isEqualTo("expired"));
        } finally {
            policy.database.execute("DELETE FROM decision WHERE user_id = '" + other + "'");
        }
    }

    @Test
    void an_action_is_decided_admitted_completed_and_told() {
        Scene.Reply decided = policy.propose(user);
        assertThat(decided.status()).isEqualTo(200);
        assertThat(decided.text("verdict")).isEqualTo("auto_execute");
        assertThat(decided.text("state")).isEqualTo("open");
        assertThat(decided.body().has("approvalId")).isFalse();
        assertThat(decided.text("expiresAt")).endsWith("Z");
        String id = decided.text("decisionId");
        assertThat(policy.admit(user, id).body().path("admitted").asBoolean()).isTrue();
        assertThat(policy.complete(user, id, "{\"outcome\": \"succeeded\"}").status())
                .isEqualTo(204);
        Scene.eventually()
                .untilAsserted(() -> assertThat(policy.heard(user, ActionCompleted.class))
                        .anyMatch(event -> event.decisionId().toString().equals(id)));
        assertThat(policy.heard(user, ActionDecided.class))
                .filteredOn(event -> event.decisionId().toString().equals(id))
                .singleElement()
                .satisfies(event -> assertThat(event.circumstances().settings().blockedDomains())
                        .contains("banking"));
        assertThat(policy.heard(user, ActionAdmitted.class))
                .filteredOn(event -> event.decisionId().toString().equals(id))
                .singleElement()
                .satisfies(event -> assertThat(event.executorId()).isEqualTo("agent-1"));
    }

    @Test
    void the_same_action_again_is_the_same_decision_and_another_under_its_id_a_conflict() {
        UUID actionId = UUID.randomUUID();
        String first = policy.propose(user, Scene.action(actionId, "")).text("decisionId");
        assertThat(policy.propose(user, Scene.action(actionId, "")).text("decisionId"))
                .isEqualTo(first);
        Scene.Reply other = policy.propose(user, Scene.action(actionId, "").replace("hello", "bye"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("error")).isEqualTo(other.text("detail")).contains("another action");
    }

    @Test
    void the_same_action_proposed_many_times_at_once_is_decided_once() {
        UUID actionId = UUID.randomUUID();
        List<CompletableFuture<Scene.Reply>> replies = IntStream.range(0, 8)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> policy.propose(user, Scene.action(actionId, ""))))
                .toList();
        assertThat(replies.stream()
                        .map(CompletableFuture::join)
                        .filter(reply -> reply.status() == 200)
                        .map(reply -> reply.text("decisionId"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void it_is_admitted_to_one_executor_alone() {
        String id = policy.propose(user).text("decisionId");
        assertThat(policy.admit(user, id, "one").status()).isEqualTo(200);
        assertThat(policy.admit(user, id, "one").status()).isEqualTo(200);
        Scene.Reply other = policy.admit(user, id, "other");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("error")).isEqualTo("taken_by_another");
        assertThat(other.text("detail")).isEqualTo("Another executor has it: it was admitted to that one.");
        Scene.eventually()
                .untilAsserted(() -> assertThat(policy.heard(user, ActionAdmitted.class))
                        .filteredOn(event -> event.decisionId().toString().equals(id))
                        .hasSize(1));
    }

    /** Who does not say who it is, is known by its token. */
    @Test
    void one_decision_is_admitted_to_one_token_where_no_executor_is_named() {
        String id = policy.propose(user).text("decisionId");
        String path = "/api/decisions/" + id + "/admission";
        String first = policy.issuer.token(user, claims -> claims.jwtID("first"));
        String second = policy.issuer.token(user, claims -> claims.jwtID("second"));

        assertThat(policy.post(policy.base(), path, first, "{}").status()).isEqualTo(200);
        assertThat(policy.post(policy.base(), path, second, "").text("error")).isEqualTo("taken_by_another");
        assertThat(policy.post(policy.base(), path, first, "").status()).isEqualTo(200);
    }

    @Test
    void what_is_denied_is_not_admitted() {
        Scene.Reply denied =
                policy.propose(user, Scene.action(UUID.randomUUID(), "").replace("\"notes\"", "\"banking\""));
        assertThat(denied.text("verdict")).isEqualTo("deny");
        assertThat(denied.text("reason")).isEqualTo("domain_blocked");
        Scene.Reply refused = policy.admit(user, denied.text("decisionId"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("error")).isEqualTo("domain_blocked");
        assertThat(refused.text("detail")).isEqualTo("It is not done: domain_blocked.");
    }

    @Test
    void two_admissions_can_not_both_spend_the_rest_of_the_day() {
        UUID spender = policy.trustingUser();
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(n -> policy.propose(
                                spender, Scene.action(UUID.randomUUID(), "").replace("Cents\": 0", "Cents\": 900"))
                        .text("decisionId"))
                .toList();
        List<CompletableFuture<Scene.Reply>> replies = ids.stream()
                .map(id -> CompletableFuture.supplyAsync(() -> policy.admit(spender, id)))
                .toList();
        List<Scene.Reply> answers =
                replies.stream().map(CompletableFuture::join).toList();
        assertThat(answers.stream().filter(reply -> reply.status() == 200)).hasSize(2);
        assertThat(answers.stream().filter(reply -> reply.status() == 409).map(reply -> reply.text("error")))
                .containsExactly("spend_above_daily_limit");
    }

    @Test
    void what_was_reserved_is_settled() {
        UUID spender = policy.trustingUser();
        String costly = "Cents\": 900";
        String id = policy.propose(spender, Scene.action(UUID.randomUUID(), "").replace("Cents\": 0", costly))
                .text("decisionId");
        assertThat(policy.admit(spender, id).status()).isEqualTo(200);
        assertThat(spent(spender)).isEqualTo("900");
        String outcome = "{\"outcome\": \"succeeded\", \"actualCostCents\": 850}";
        assertThat(policy.complete(spender, id, outcome).status()).isEqualTo(204);
        assertThat(policy.complete(spender, id, outcome).status()).isEqualTo(204);
        assertThat(spent(spender)).isEqualTo("850");
        assertThat(policy.complete(spender, id, "{\"outcome\": \"failed\"}").status())
                .isEqualTo(409);
        assertThat(policy.admit(spender, id).text("error")).isEqualTo("completed");
        assertThat(policy.admit(spender, id).text("detail")).isEqualTo("It is completed already, and is done once.");
    }

    @Test
    void what_failed_cost_nothing_unless_it_is_said_what() {
        UUID spender = policy.trustingUser();
        String id = policy.propose(spender, Scene.action(UUID.randomUUID(), "").replace("Cents\": 0", "Cents\": 900"))
                .text("decisionId");
        policy.admit(spender, id);
        policy.complete(spender, id, "{\"outcome\": \"failed\"}");
        assertThat(spent(spender)).isEqualTo("0");
    }

    @Test
    void nothing_is_completed_that_was_not_admitted() {
        String id = policy.propose(user).text("decisionId");
        assertThat(policy.complete(user, id, "{\"outcome\": \"succeeded\"}").status())
                .isEqualTo(409);
        assertThat(policy.complete(user, id, "{\"outcome\": \"perhaps\"}").text("error"))
                .isEqualTo("outcome is not known; it may be one of succeeded, failed");
        assertThat(policy.complete(user, id, "{\"outcome\": \"failed\", \"actualCostCents\": -1}")
                        .status())
                .isEqualTo(400);
        assertThat(policy.complete(user, id, "{\"outcome\": \"failed\", \"actualCostCents\": 9223372036854775807}")
                        .text("error"))
                .startsWith("actualCostCents is 9223372036854775807; it must be from 0");
        assertThat(policy.complete(user, id, "{\"outcome\": \"failed\", \"actualCost\": 1}")
                        .text("error"))
                .startsWith("actualCost is not known here; there are outcome, actualCostCents");
        assertThat(policy.admit(user, id, "a\\u0000b").text("error"))
                .isEqualTo("executorId has the character U+0000; leave it out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "estimatedCostCents": 0   | "estimatedCostCents": -1     | estimatedCostCents is -1
            "estimatedCostCents": 0   | "estimatedCostCents": "free" | estimatedCostCents is not of its type; it must be a whole number
            "overall": "low"          | "overall": "huge"            | risk.overall is not known; it may be one of negligible
            "reversible": true,       |                              | reversible is missing; it must be true or false
            "actionType": "note.write" | "actionType": ""            | actionType is empty
            "Write a note"            | " "                          | description is empty; say what would be done
            "urgency": "normal"       | "urgency": "now"             | urgency is not known; it may be one of
            "connector": null         | "connecter": "gmail"         | connecter is not known here; there are actionId,
            "risk": {                 | "risk": {"why": 1,           | risk.why is not known here; there are overall, dimensions
            "reversible": true        | "reversible": true, "<i>": 1 | (a member) is not known here
            "actionType": "note.write" | "actionType": "a\\u0000b"  | actionType has the character U+0000
            "hello"                   | 1e400                        | parameters have a number that is too large
            "hello"                   | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] | nested deeper
            """)
    void what_can_not_be_meant_is_refused_by_name(String before, String after, String error) {
        Scene.Reply reply =
                policy.propose(user, Scene.action(UUID.randomUUID(), "").replace(before, after == null ? "" : after));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).contains(error);
        assertThat(reply.text("instance")).endsWith("/actions");
    }

    @Test
    void a_method_or_a_content_type_that_is_not_taken_is_answered_with_what_is() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(policy.base() + "/api/users/" + user + "/actions"))
                .header("Authorization", "Bearer " + policy.issuer.token(user));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> got = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(got.statusCode()).isEqualTo(405);
            assertThat(got.headers().firstValue("Allow")).hasValue("POST");
            assertThat(got.body()).contains("This address takes POST.");

            HttpRequest odd = request.header("Content-Type", "json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            HttpResponse<String> answer = http.send(odd, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(answer.body()).contains("send Content-Type: application/json");
        }
    }

    /** Two that are told apart by nothing would both be admitted. */
    @Test
    void an_executor_without_a_name_is_known_by_its_tokens_id_or_not_at_all() {
        String path = "/api/decisions/" + policy.propose(user).text("decisionId") + "/admission";
        Scene.Reply nobody = policy.post(policy.base(), path, policy.issuer.token(user), "{}");
        assertThat(nobody.status()).isEqualTo(400);
        assertThat(nobody.text("error")).startsWith("executorId is missing");
        String one = policy.issuer.token(user, claims -> claims.jwtID("one"));
        String other = policy.issuer.token(user, claims -> claims.jwtID("other"));
        assertThat(policy.post(policy.base(), path, one, "{}").status()).isEqualTo(200);
        assertThat(policy.post(policy.base(), path, one, "{}").status()).isEqualTo(200);
        assertThat(policy.post(policy.base(), path, other, "{}").text("error")).isEqualTo("taken_by_another");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''   | The body is missing; send a JSON object.
            []   | The body is not a JSON object.
            null | The body is not a JSON object.
            {    | The body is not JSON, or not alone, at byte 1.
            """)
    void what_is_no_object_is_refused_as_that(String body, String error) {
        assertThat(policy.propose(user, body).text("error")).isEqualTo(error);
    }

    @Test
    void a_megabyte_is_refused_whatever_is_in_it() {
        String large = Scene.action(UUID.randomUUID(), "").replace("hello", "x".repeat(1 << 20));
        assertThat(policy.propose(user, large).text("error")).contains("parameters are larger than 64 KiB");
        String huge = Scene.action(UUID.randomUUID(), "").replace("hello", "x".repeat(3 << 20));
        assertThat(policy.propose(user, huge).status()).isEqualTo(413);
        assertThat(policy.propose(user, "{").status()).isEqualTo(400);
        assertThat(policy.propose(user, "[".repeat(10_000)).status()).isEqualTo(400);
    }

    @Test
    void what_says_nothing_of_its_provenance_counts_as_untrusted() {
        Scene.Reply reply = policy.propose(
                user,
                Scene.action(UUID.randomUUID(), "")
                        .replace("\"provenance\": \"user_originated\", ", "")
                        .replace("\"reversible\": true", "\"reversible\": false"));
        assertThat(reply.text("verdict")).isEqualTo("require_approval");
        assertThat(reply.text("reason")).isEqualTo("untrusted_irreversible");
    }

    @Test
    void what_is_anothers_is_not_there() {
        UUID stranger = UUID.randomUUID();
        String id = policy.propose(user).text("decisionId");
        assertThat(policy.admit(stranger, id).status()).isEqualTo(404);
        assertThat(policy.complete(stranger, id, "{\"outcome\": \"failed\"}").status())
                .isEqualTo(404);
        assertThat(policy.admit(user, UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(policy.admit(user, "1-1-1-1-1").status()).isEqualTo(400);
        assertThat(policy.post(
                                policy.base(),
                                "/api/users/" + user + "/actions",
                                policy.issuer.token(stranger),
                                Scene.action(UUID.randomUUID(), ""))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void only_tokens_for_lifeline_count() {
        String path = "/api/users/" + user + "/actions";
        String body = Scene.action(UUID.randomUUID(), "");
        List<String> tokens = List.of(
                "nonsense",
                policy.issuer.token(user, claims -> claims.audience("mail")),
                policy.issuer.token(user, claims -> claims.issuer("http://else")),
                policy.issuer.token(user, claims -> claims.claim("nonce", "n")),
                policy.issuer.token(user, claims -> claims.expirationTime(new java.util.Date(0))));
        assertThat(tokens)
                .allSatisfy(token -> assertThat(
                                policy.post(policy.base(), path, token, body).status())
                        .isEqualTo(401));
        String auditor = policy.issuer.token(user, claims -> claims.claim("roles", List.of("auditor")));
        assertThat(policy.post(policy.base(), path, auditor, body).status()).isEqualTo(403);
    }

    private String spent(UUID spender) {
        return String.valueOf(policy.database.value("SELECT cents FROM spend WHERE user_id = '" + spender + "'"));
    }
}
