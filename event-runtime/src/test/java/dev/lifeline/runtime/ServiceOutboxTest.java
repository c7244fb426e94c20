package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class ServiceOutboxTest {

    private final Scene scene = new Scene();
    private final List<ServiceOutbox> started = new ArrayList<>();
    private final UUID user = UUID.randomUUID();

    @BeforeEach
    void topics() {
        Backends.kafka().createTopics(List.of(Topics.CONNECTOR_EVENTS.creation(Scene.PARTITIONS, (short) 1)));
    }

    @AfterEach
    void close() {
        started.forEach(ServiceOutbox::stop);
        scene.close();
    }

    private ServiceOutbox start() {
        ServiceOutbox outbox = scene.runtime.outbox("decisions", scene.pool);
        started.add(outbox);
        outbox.start();
        return outbox;
    }

    private static void append(ServiceOutbox outbox, Connection tx, ConnectorPolled event) throws SQLException {
        Statements last = new Statements(tx);
        outbox.append(last, List.of(event));
        last.send();
    }

    private Connection begin() throws SQLException {
        Connection tx = scene.database.connect();
        tx.setAutoCommit(false);
        return tx;
    }

    private List<ConsumerRecord<byte[], byte[]>> published() {
        return scene.read(Topics.CONNECTOR_EVENTS).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(user.toString()))
                .toList();
    }

    @Test
    void publishes_what_was_committed_and_nothing_else() throws SQLException {
        ServiceOutbox outbox = start();
        try (Connection tx = begin()) {
            append(outbox, tx, Scene.polled(user, 1));
            tx.rollback();
            append(outbox, tx, Scene.polled(user, 2));
            tx.commit();
            outbox.committed();
        }
        Scene.eventually().untilAsserted(() -> assertThat(published()).hasSize(1));
        Scene.eventually()
                .untilAsserted(() ->
                        assertThat(scene.number("SELECT count(*) FROM outbox")).isZero());
        assertThat(CloudEvent.header(published().getFirst().headers(), CloudEvent.SOURCE_HEADER))
                .isEqualTo("/lifeline/test");
    }

    @Test
    void what_commits_late_under_an_early_id_is_not_lost() throws SQLException {
        ServiceOutbox outbox = start();
        try (Connection late = begin();
                Connection early = begin()) {
            append(outbox, late, Scene.polled(user, 1));
            append(outbox, early, Scene.polled(user, 2));
            early.commit();
            outbox.committed();
            Scene.eventually().untilAsserted(() -> assertThat(published()).hasSize(1));
            late.commit();
        }
        Scene.eventually().untilAsserted(() -> assertThat(published()).hasSize(2));
    }

    @Test
    void what_an_instance_left_that_is_gone_another_publishes() throws SQLException {
        ServiceOutbox gone = scene.runtime.outbox("decisions", scene.pool);
        try (Connection tx = begin()) {
            for (int attempt = 1; attempt <= 100; attempt++) {
                append(gone, tx, Scene.polled(user, attempt));
            }
            tx.commit();
        }
        start();
        start();
        Scene.eventually().untilAsserted(() -> assertThat(published()).hasSize(100));
        assertThat(published().stream()
                        .map(record -> new String(record.value(), StandardCharsets.UTF_8)
                                .replaceAll(".*\"attempt\":(\\d+).*", "$1"))
                        .map(Integer::valueOf))
                .isSorted();
    }

    @Test
    void what_is_too_large_to_be_published_fails_its_own_transaction_and_no_other() throws SQLException {
        ServiceOutbox outbox = start();
        try (Connection tx = begin()) {
            ConnectorPolled large = new ConnectorPolled(
                    user, "gmail", "x".repeat(1_100_000), new UUID(1, 1), 1, 1, 0, Duration.ofSeconds(5), 0);
            assertThatIllegalArgumentException().isThrownBy(() -> append(outbox, tx, large));
            tx.rollback();
            append(outbox, tx, Scene.polled(user, 2));
            tx.commit();
        }
        Scene.eventually().untilAsserted(() -> assertThat(published()).hasSize(1));
    }

    @Test
    void while_another_instance_hangs_in_publishing_the_age_grows_on_both() throws SQLException {
        try (Connection hanging = begin()) {
            new Outbox("decisions").tryLock(hanging, new TopicPartition("", 0));
            start();
            Scene.eventually().until(() -> age() > 1);
            hanging.rollback();
        }
        Scene.eventually().until(() -> age() < 1);
    }

    private double age() {
        return scene.meters.get("lifeline.outbox.age.seconds").gauge().value();
    }
}
