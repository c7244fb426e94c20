package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.ApproveAction;
import dev.lifeline.events.AutonomyCommand.RejectAction;
import dev.lifeline.query.AutonomyRows;
import dev.lifeline.query.Program;
import dev.lifeline.query.Program.Reply;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalsTest extends AutonomyScene {

    private static final UUID FIRST = UUID.fromString("dddddddd-0000-4000-8000-000000000001");
    private static final UUID TOKEN = UUID.fromString("eeeeeeee-0000-4000-8000-000000000001");
    private static final String QUEUE = "/api/users/" + ALICE.id() + "/approvals";
    private static final String APPROVE = QUEUE + "/" + FIRST + "/approve";

    @BeforeEach
    void an_action_waits() {
        waits(FIRST, "single");
    }

    private void waits(UUID id, String confirmationLevel) {
        rows.decided(
                ALICE.id(),
                id,
                AutonomyRows.action("email", "Archive a newsletter"),
                0,
                AutonomyRows.approval("trust_tier"));
        rows.asked(ALICE.id(), id, confirmationLevel);
    }

    /** Does that with the row of the request, and says that the command is done. */
    private <C extends AutonomyCommand> CompletableFuture<C> answer(Class<C> type, String change) {
        return commands.answer(type, command -> {
            rows.approval(FIRST, change);
            done(command);
        });
    }

    @Nested
    class the_queue {

        @Test
        void tells_what_it_is_why_it_waits_and_until_when() {
            Reply queue = alice.get(QUEUE);

            assertThat(queue.status()).isEqualTo(200);
            assertThat(queue.at("/asOf")).endsWith("Z");
            assertThat(queue.at("/next")).isEqualTo("null");
            assertThat(queue.at("/items/0/approvalId")).isEqualTo(FIRST.toString());
            assertThat(queue.at("/items/0/decisionId")).isEqualTo(FIRST.toString());
            assertThat(queue.at("/items/0/action/description")).isEqualTo("Archive a newsletter");
            assertThat(queue.at("/items/0/action/parameters/folder")).isEqualTo("Archive");
            assertThat(queue.at("/items/0/actionHash")).isEqualTo("hash");
            assertThat(queue.at("/items/0/findings/0/code")).isEqualTo("trust_tier");
            assertThat(queue.at("/items/0/confirmationLevel")).isEqualTo("single");
            assertThat(queue.at("/items/0/status")).isEqualTo("pending");
            assertThat(queue.at("/items/0/createdAt")).endsWith("Z");
            assertThat(queue.at("/items/0/expiresAt")).endsWith("Z");
        }

        @Test
        void tells_why_it_waits_now_and_not_why_it_did_at_first() {
            assertThat(alice.get(QUEUE).at("/items/0/reason")).isEqualTo("trust_tier");
        }

        @Test
        void is_read_in_pages_the_oldest_first() {
            List<UUID> more = IntStream.rangeClosed(2, 5)
                    .mapToObj(n -> new UUID(FIRST.getMostSignificantBits(), n))
                    .toList();
            more.forEach(id -> waits(id, "single"));

            Reply page = alice.get(QUEUE + "?limit=3");
            assertThat(page.body().get("items").size()).isEqualTo(3);
            assertThat(page.at("/count")).isEqualTo("5");
            assertThat(page.at("/items/0/approvalId")).isEqualTo(FIRST.toString());
            Reply last = alice.get(QUEUE + "?limit=3&after=" + page.at("/next"));
            assertThat(last.body().get("items").size()).isEqualTo(2);
            assertThat(last.at("/count")).isEqualTo("5");
            assertThat(last.at("/items/1/approvalId")).isEqualTo(more.getLast().toString());
            assertThat(last.at("/next")).isEqualTo("null");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "status=open",
                    "limit=0",
                    "limit=201",
                    "before=yesterday",
                    "after=yesterday",
                    "after=KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlaIDExMTExMTExLTExMTEtNDExMS04MTExLTExMTExMTExMTExMQ"
                })
        void refuses_what_it_does_not_understand(String query) {
            Reply reply = alice.get(QUEUE + "?" + query);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.at("/error")).startsWith(query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    void a_yes_is_a_command_and_its_answer_what_became_of_the_request() {
        CompletableFuture<ApproveAction> given = answer(ApproveAction.class, "status = 'approved'");

        Reply reply = alice.post(APPROVE, "{\"actionHash\": \"hash\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/approvalId")).isEqualTo(FIRST.toString());
        assertThat(reply.at("/status")).isEqualTo("approved");
        ApproveAction command = given.join();
        assertThat(command)
                .isEqualTo(new ApproveAction(
                        ALICE.id(), command.commandId(), ALICE.id(), ActorRole.USER, FIRST, "hash", null));
    }

    @Test
    void a_no_may_say_why() {
        CompletableFuture<RejectAction> given = answer(RejectAction.class, "status = 'rejected'");

        Reply reply = alice.post(QUEUE + "/" + FIRST + "/reject", "{\"reason\": \"not today\"}");

        assertThat(reply.at("/status")).isEqualTo("rejected");
        assertThat(given.join().reason()).isEqualTo("not today");
        assertThat(alice.get(QUEUE).body().get("items").isEmpty()).isTrue();
        assertThat(alice.get(QUEUE + "?status=rejected").at("/items/0/status")).isEqualTo("rejected");
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // what it does shows in the answer
    void what_is_dangerous_is_confirmed_twice() {
        answer(
                ApproveAction.class,
                "confirmation_level = 'dual', confirmation_token = '" + TOKEN + "', not_before = now()");
        Reply first = alice.post(APPROVE, null);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.at("/status")).isEqualTo("confirmation_required");
        assertThat(first.at("/confirmationToken")).isEqualTo(TOKEN.toString());
        assertThat(first.at("/notBefore")).endsWith("Z");

        CompletableFuture<ApproveAction> given = answer(ApproveAction.class, "status = 'approved'");
        Reply second = alice.post(APPROVE, "{\"confirmationToken\": \"" + TOKEN + "\"}");
        assertThat(second.at("/status")).isEqualTo("approved");
        assertThat(second.at("/confirmationToken")).isEqualTo("missing");
        assertThat(given.join().confirmationToken()).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "rejected", "changed", "denied", "too_soon", "wrong_token", "no_longer_needed"})
    void what_can_not_be_approved_any_more_is_a_conflict_that_says_why(String code) {
        refuseNext(code, "It is so.");

        Reply reply = alice.post(APPROVE, "{}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.at("/code")).isEqualTo(code);
        assertThat(reply.at("/error")).isEqualTo("It is so.");
    }

    @Test
    void what_is_another_users_is_answered_like_what_is_not_there() {
        Program bob = Program.of(BOB);
        String unknown = UUID.randomUUID().toString();

        Reply foreign = bob.post("/api/users/" + BOB.id() + "/approvals/" + FIRST + "/approve", "{}");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(alice.post(QUEUE + "/" + unknown + "/approve", "{}").at("/error"))
                .isEqualTo(foreign.at("/error"));
        assertThat(bob.post(APPROVE, "{}").at("/error")).isEqualTo(foreign.at("/error"));
    }

    @Test
    void what_is_asked_about_no_more_is_a_conflict_that_says_so() {
        refuseNext("unknown", "Nobody is asked about that, or not any more.");

        Reply reply = alice.post(QUEUE + "/" + FIRST + "/reject", "{}");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.at("/code")).isEqualTo("withdrawn");
        assertThat(reply.at("/error")).isEqualTo("Nobody is asked about that, or not any more.");
    }

    @Test
    void a_body_that_is_not_understood_is_refused_with_its_field() {
        assertThat(alice.post(APPROVE, "{\"confirmationToken\": \"7\"}").refusal())
                .isEqualTo("400 confirmationToken: confirmationToken is not of its type; it must be a UUID.");
        assertThat(alice.post(APPROVE, "{\"actionhash\": \"hash\"}").refusal())
                .isEqualTo("400 actionhash: actionhash is not known here; there are confirmationToken, actionHash.");
        assertThat(alice.post(QUEUE + "/" + FIRST + "/reject", "{\"reason\": \"" + "x".repeat(501) + "\"}")
                        .refusal())
                .startsWith("400 reason: reason has 501 characters");
        assertThat(alice.post(QUEUE + "/7/approve", "{}").at("/error")).isEqualTo("approvalId is not a UUID.");
    }
}
