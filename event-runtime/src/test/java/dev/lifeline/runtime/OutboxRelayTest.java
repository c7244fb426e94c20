package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.testing.Backends;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class OutboxRelayTest {

    private final Scene scene = new Scene();
    private final OutboxRelay relay =
            new OutboxRelay("fold", new Transactions(scene.pool), scene.runtime, new FoldMeters(scene.meters, "fold"));

    @AfterEach
    void close() {
        relay.stop();
        scene.close();
    }

    @Test
    void what_waits_is_counted_while_its_partition_is_owned() throws Exception {
        TopicPartition kept = new TopicPartition(scene.events.name(), 0);
        TopicPartition given = new TopicPartition(scene.events.name(), 1);
        relay.own(kept, this);
        relay.own(given, this);

        relay.appended(kept, 2);
        relay.appended(given, 3);
        assertThat(depth()).isEqualTo(5);

        relay.disown(given, this);
        relay.appended(given, 1);
        assertThat(depth()).isEqualTo(2);
    }

    @Test
    void what_a_predecessor_left_is_counted_until_it_is_published() throws Exception {
        TopicPartition partition = new TopicPartition(scene.events.name(), 0);
        append(partition, 1);
        append(partition, 2);
        relay.own(partition, this);
        assertThat(depth()).isEqualTo(2);

        relay.start();

        Scene.eventually().until(() -> depth() == 0);
        assertThat(scene.read(scene.out)).hasSize(2);
    }

    @Test
    void what_a_restored_database_gives_an_earlier_id_is_published_too() throws Exception {
        TopicPartition partition = new TopicPartition(scene.events.name(), 0);
        relay.start();
        relay.own(partition, this);
        append(partition, 1);
        append(partition, 2);
        Scene.eventually().until(() -> scene.read(scene.out).size() == 2);

        scene.database.execute("ALTER TABLE outbox ALTER id RESTART");
        relay.own(partition, this);
        append(partition, 3);

        Scene.eventually().until(() -> scene.read(scene.out).size() == 3);
        Scene.eventually().until(() -> scene.number("SELECT count(*) FROM outbox") == 0);
    }

    @Test
    void one_that_hears_late_that_a_partition_is_another_s_does_not_end_it() throws Exception {
        TopicPartition partition = new TopicPartition(scene.events.name(), 0);
        relay.start();
        relay.own(partition, "slow");
        relay.own(partition, "quick");
        relay.disown(partition, "slow");
        append(partition, 1);

        Scene.eventually().until(() -> scene.read(scene.out).size() == 1);
    }

    @Test
    void much_is_in_several_rows_and_goes_out_in_its_order() throws Exception {
        TopicPartition partition = new TopicPartition(scene.events.name(), 0);
        List<OutboxRecord> large = LongStream.range(0, 5)
                .mapToObj(id -> record(id, new byte[600_000]))
                .toList();
        new Transactions(scene.pool).run(tx -> {
            new Outbox("fold").append(tx, partition, large);
            return large;
        });
        assertThat(scene.number("SELECT count(*) FROM outbox")).isEqualTo(3);

        relay.start();
        relay.own(partition, this);

        Scene.eventually()
                .untilAsserted(() -> assertThat(scene.read(scene.out))
                        .extracting(record -> CloudEvent.header(record.headers(), CloudEvent.ID_HEADER))
                        .containsExactlyElementsOf(large.stream()
                                .map(record -> record.eventId().toString())
                                .toList()));
    }

    private OutboxRecord record(long id, byte[] value) {
        return new OutboxRecord(new UUID(0, id), scene.out.name(), 0, "key", "type", value, null);
    }

    private void append(TopicPartition partition, long id) throws SQLException {
        new Transactions(scene.pool).run(tx -> {
            new Outbox("fold").append(tx, partition, List.of(record(id, new byte[] {1})));
            return id;
        });
        relay.appended(partition, 1);
    }

    private double depth() {
        return scene.meters.get("lifeline.outbox.depth").gauge().value();
    }
}
