package dev.lifeline.policy.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.policy.PolicySchema;
import dev.lifeline.policy.application.UnavailableException;
import dev.lifeline.runtime.Statements;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is forgotten because nobody asks for it any more, and how many are let in at once. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresLedgersTest {

    private static final String USER = "'11111111-1111-4111-8111-111111111111'";

    private Database owner;
    private PostgresLedgers ledgers;

    @BeforeAll
    void migrate(Database database) {
        owner = PolicySchema.in(database);
        PostgresLedgers.Outbox nowhere = new PostgresLedgers.Outbox() {
            @Override
            public void append(Statements last, List<ActionEvent> events) {}

            @Override
            public void committed() {}
        };
        ledgers = new PostgresLedgers(
                owner.dataSource(),
                nowhere,
                new PostgresLedgers.Room(2, Duration.ofMillis(200)),
                "commands",
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    @BeforeEach
    void forget() {
        owner.execute("DELETE FROM users", "INSERT INTO users VALUES (" + USER + ")");
    }

    private void decided(String state, int daysAgo) {
        owner.execute("""
                INSERT INTO decision (decision_id, user_id, action_id, action_hash, action, verdict, revision, state,
                                      expires_at, approval_id, granted_sequence, executor_id, created_at)
                VALUES (gen_random_uuid(), %s, gen_random_uuid(), '', '{}', '{}', 1, '%s', now(), gen_random_uuid(), 1,
                        'agent-1', now() - interval '%d days')
                """.formatted(USER, state, daysAgo));
    }

    private @Nullable String left(String table) {
        return owner.value("SELECT count(*) FROM " + table);
    }

    /** Whoever reads the commands takes no part in this: he needs no room, and finds a connection. */
    @Test
    void when_too_many_ask_at_once_one_waits_a_while_and_is_told_to_come_again() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch over = new CountDownLatch(1);
        List<CompletableFuture<Void>> busy = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> ledgers.inTransaction(ledger -> {
                            inside.countDown();
                            return await(over);
                        }),
                        Thread::startVirtualThread))
                .limit(2)
                .toList();
        inside.await();

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> ledgers.inTransaction(ledger -> true))
                .withMessage("too many ask at once");

        over.countDown();
        busy.forEach(CompletableFuture::join);
        boolean letIn = ledgers.inTransaction(ledger -> true);
        assertThat(letIn).isTrue();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All instances look for the same at once, and what one has judged again is nothing to the others. */
    @Test
    void what_another_instance_has_judged_again_is_not_to_be_judged_once_more() {
        decided("waiting", 0);
        assertThat(ledgers.toReconsider(10, Set.of())).isEmpty();

        owner.execute("UPDATE decision SET reconsider_at = now()");
        UUID decision = ledgers.toReconsider(10, Set.of()).getFirst();
        assertThat(toReconsider(decision)).isTrue();

        owner.execute("UPDATE decision SET reconsider_at = NULL, updated_at = now()");
        assertThat(toReconsider(decision)).isFalse();
    }

    private boolean toReconsider(UUID decision) {
        return ledgers.inTransaction(ledger -> ledger.userToReconsider(decision).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"denied", "rejected", "expired", "admitted", "completed"})
    void a_decision_that_has_ended_goes_when_the_events_that_told_of_it_do(String state) {
        decided(state, 399);
        decided(state, 401);

        ledgers.tidy();

        assertThat(left("decision")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "waiting", "approved"})
    void a_decision_that_has_not_ended_stays_however_old_it_is(String state) {
        decided(state, 1000);

        ledgers.tidy();

        assertThat(left("decision")).isEqualTo("1");
    }

    @Test
    void what_was_spent_goes_after_forty_days() {
        owner.execute(
                "INSERT INTO spend VALUES (" + USER + ", current_date - 40, 1), (" + USER + ", current_date - 41, 1)");

        ledgers.tidy();

        assertThat(left("spend")).isEqualTo("1");
    }

    @Test
    void a_command_that_was_handled_can_not_come_again_after_forty_days() {
        owner.execute("INSERT INTO handled_command VALUES (gen_random_uuid(), now() - interval '39 days'),"
                + " (gen_random_uuid(), now() - interval '41 days')");

        ledgers.tidy();

        assertThat(left("handled_command")).isEqualTo("1");
    }

    @Test
    void an_instance_that_was_not_heard_of_for_a_day_is_gone() {
        owner.execute(
                "INSERT INTO instance VALUES ('here', false, now()), ('gone', true, now() - interval '25 hours')");

        ledgers.tidy();

        assertThat(owner.value("SELECT string_agg(instance_id, ',') FROM instance"))
                .isEqualTo("here");
    }
}
