package dev.lifeline.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void facts_are_kept_for_400_days_under_the_brokers_time() {
        assertThat(Topics.CONNECTOR_EVENTS.configuration())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "34560000000")
                .containsEntry("message.timestamp.type", "LogAppendTime");
    }

    @Test
    void health_is_compacted_and_never_expires_and_tombstones_are_kept_for_30_days() {
        assertThat(Topics.CONNECTOR_HEALTH.configuration())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("delete.retention.ms", "2592000000")
                .doesNotContainKey("retention.ms");
    }

    @Test
    void what_can_not_be_read_goes_beside_its_topic_for_30_days() {
        Topic dead = Topics.deadLetters(Topics.CONNECTOR_EVENTS);
        assertThat(dead.name()).isEqualTo("lifeline.connector.events.dlt");
        assertThat(dead.configuration()).containsEntry("retention.ms", "2592000000");
        assertThat(Topics.all()).contains(dead);
    }

    @Test
    void the_largest_record_fits_among_the_dead_letters_with_headers_that_say_why() {
        for (Topic topic : Topics.all()) {
            assertThat(Topics.deadLetters(topic).maxMessageBytes()).isEqualTo(2 * topic.maxMessageBytes());
        }
        assertThat(Topics.CONNECTOR_EVENTS.configuration()).containsEntry("max.message.bytes", "1048588");
        assertThat(Topics.deadLetters(Topics.CONNECTOR_EVENTS).configuration())
                .containsEntry("max.message.bytes", "2097176");
    }

    @Test
    void a_topic_is_created_as_it_is_described() {
        var creation = Topics.CONNECTOR_HEALTH.creation(8, (short) 3);
        assertThat(creation.name()).isEqualTo("lifeline.connector.health");
        assertThat(creation.numPartitions()).isEqualTo(8);
        assertThat(creation.replicationFactor()).isEqualTo((short) 3);
        assertThat(creation.configs()).isEqualTo(Topics.CONNECTOR_HEALTH.configuration());
    }

    @Test
    void every_message_has_a_topic_of_ours() {
        assertThat(Samples.full())
                .allSatisfy(message -> assertThat(Topics.all()).contains(Topics.of(message)));
    }

    @Property
    void a_user_is_where_kafkas_own_partitioner_would_put_him(
            @ForAll long high, @ForAll long low, @ForAll @IntRange(min = 1, max = 128) int partitions) {
        UUID user = new UUID(high, low);
        byte[] key = user.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(Topics.partitionOf(user, partitions))
                .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions))
                .isBetween(0, partitions - 1);
    }

    @Test
    void the_partition_of_a_user_never_changes() {
        assertThat(Topics.partitionOf(UUID.fromString("11111111-1111-4111-8111-111111111111"), 4))
                .isEqualTo(1);
    }
}
