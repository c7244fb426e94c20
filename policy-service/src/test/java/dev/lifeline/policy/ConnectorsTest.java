package dev.lifeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What needs a connector waits while it does not work. */
@ExtendWith(Backends.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectorsTest {

    private RunningPolicy policy;

    @BeforeAll
    void start(Database database) {
        policy = new RunningPolicy(database);
    }

    @AfterAll
    void stop() {
        policy.close();
    }

    private void connector(UUID user, Condition condition) {
        policy.publish(state(user, "gmail", condition, 1));
        Scene.eventually().until(() -> condition.wireName().equals(stored(user)));
    }

    private static ConnectorHealthChanged state(UUID user, String name, Condition condition, long version) {
        return new ConnectorHealthChanged(
                user,
                name,
                "sandbox",
                user,
                1,
                1,
                condition.status(),
                condition,
                null,
                null,
                0,
                null,
                null,
                null,
                Instant.now(),
                version,
                new SourcePosition("lifeline.connector.events", 0, version));
    }

    private String stored(UUID user) {
        return String.valueOf(policy.database.value(
                "SELECT condition FROM connector WHERE name = 'gmail' AND user_id = '" + user + "'"));
    }

    private static String mail() {
        return Scene.action(UUID.randomUUID(), "").replace("\"connector\": null", "\"connector\": \"gmail\"");
    }

    @Test
    void what_waits_for_a_connector_is_judged_again_when_it_is_mended() {
        UUID user = policy.trustingUser();
        connector(user, Condition.NEEDS_REAUTH);
        Scene.Reply held = policy.propose(user, mail());
        assertThat(held.text("reason")).isEqualTo("connector_not_working");
        assertThat(policy.admit(user, held.text("decisionId")).text("error")).isEqualTo("connector_not_working");
        connector(user, Condition.OK);
        Scene.eventually()
                .untilAsserted(() -> assertThat(policy.heard(user, ApprovalWithdrawn.class))
                        .extracting(ApprovalWithdrawn::reason)
                        .containsExactly("no_longer_needed"));
        assertThat(policy.admit(user, held.text("decisionId")).status()).isEqualTo(200);
    }

    @Test
    void an_earlier_state_that_comes_late_changes_nothing() {
        UUID user = policy.trustingUser();
        policy.publish(state(user, "gmail", Condition.NEEDS_REAUTH, 5));
        Scene.eventually().until(() -> "needs_reauth".equals(stored(user)));

        policy.publish(state(user, "gmail", Condition.OK, 4));
        policy.publish(state(user, "google-calendar", Condition.OK, 1));

        Scene.eventually()
                .until(() -> "2"
                        .equals(policy.database.value(
                                "SELECT count(*) FROM connector WHERE user_id = '" + user + "'")));
        assertThat(stored(user)).isEqualTo("needs_reauth");
    }

    @Test
    void no_approval_makes_a_connector_work() {
        UUID user = policy.trustingUser();
        connector(user, Condition.NEEDS_REAUTH);
        Scene.Reply held = policy.propose(user, mail());
        policy.approve(user, held.text("approvalId"), null);
        assertThat(policy.admit(user, held.text("decisionId")).text("error")).isEqualTo("connector_not_working");
        connector(user, Condition.RETRYING);
        assertThat(policy.admit(user, held.text("decisionId")).status()).isEqualTo(200);
    }

    @Test
    void a_connector_that_breaks_after_the_approval_stops_what_another_reason_held() {
        UUID user = UUID.randomUUID();
        connector(user, Condition.OK);
        Scene.Reply held = policy.propose(user, mail());
        assertThat(held.text("reason")).isEqualTo("trust_tier");
        policy.approve(user, held.text("approvalId"), null);
        connector(user, Condition.NEEDS_REAUTH);
        assertThat(policy.admit(user, held.text("decisionId")).text("error")).isEqualTo("connector_not_working");
    }

    @Test
    void a_connector_that_was_mended_holds_no_longer_what_is_approved() {
        UUID user = UUID.randomUUID();
        connector(user, Condition.NEEDS_REAUTH);
        Scene.Reply held = policy.propose(user, mail());
        assertThat(held.text("reason")).isEqualTo("trust_tier");
        connector(user, Condition.OK);
        policy.approve(user, held.text("approvalId"), null);
        assertThat(policy.admit(user, held.text("decisionId")).status()).isEqualTo(200);
    }

    /** Many at once, for one that is decided while its connector is mended must not be overlooked. */
    @Test
    void what_is_proposed_while_the_connector_is_mended_waits_for_nothing() throws Exception {
        UUID user = policy.trustingUser();
        for (int round = 0; round < 10; round++) {
            connector(user, Condition.NEEDS_REAUTH);
            List<Future<Scene.Reply>> proposals = new ArrayList<>();
            try (ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 20; i++) {
                    proposals.add(agents.submit(() -> policy.propose(user, mail())));
                }
                connector(user, Condition.OK);
            }
            for (Future<Scene.Reply> proposal : proposals) {
                assertThat(proposal.get().status()).isEqualTo(200);
            }
            Scene.eventually()
                    .untilAsserted(() -> assertThat(policy.database.value(
                                    "SELECT count(*) FROM decision WHERE state = 'waiting' AND user_id = '" + user
                                            + "'"))
                            .isEqualTo("0"));
        }
    }

    @Test
    void a_connector_that_breaks_before_the_effect_stops_it() {
        UUID user = policy.trustingUser();
        connector(user, Condition.OK);
        String id = policy.propose(user, mail()).text("decisionId");
        connector(user, Condition.OPERATOR_FAULT);
        assertThat(policy.admit(user, id).text("error")).isEqualTo("connector_not_working");
    }

    @Test
    void a_connector_that_was_removed_does_not_work() {
        UUID user = policy.trustingUser();
        connector(user, Condition.OK);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Backends.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.CONNECTOR_HEALTH.name(),
                            Topics.partitionOf(user, Scene.PARTITIONS),
                            ConnectorHealthChanged.key(user, "gmail").getBytes(StandardCharsets.UTF_8),
                            null))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        Scene.eventually().until(() -> "null".equals(stored(user)));
        assertThat(policy.propose(user, mail()).text("reason")).isEqualTo("connector_not_working");
    }
}
