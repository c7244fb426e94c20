package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.Topics;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.ProducerFactory;

class PublisherTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int PARTITIONS = 4;

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Publisher publisher = new Publisher(
            new RecordSender(new OneProducer(kafka)),
            new Codec(),
            URI.create("/lifeline/test"),
            Clock.fixed(NOON, ZoneOffset.UTC),
            ObservationRegistry.NOOP);
    private final ConnectorPolled event = Scene.polled(UUID.randomUUID(), 1);

    @Test
    void sends_a_cloud_event_under_its_key_to_the_partition_of_its_user() {
        CompletableFuture<Void> published = publisher.publishAsync(event);

        ProducerRecord<byte[], byte[]> sent = kafka.history().getFirst();
        assertThat(sent.topic()).isEqualTo("lifeline.connector.events");
        assertThat(sent.partition()).isEqualTo(Topics.partitionOf(event.userId(), PARTITIONS));
        assertThat(new String(sent.key(), UTF_8)).isEqualTo(event.userId().toString());
        assertThat(new Codec().decode("lifeline.connector-polled.v1", sent.value()))
                .contains(event);
        assertThat(header(sent, CloudEvent.SPEC_VERSION_HEADER)).isEqualTo("1.0");
        assertThat(header(sent, CloudEvent.TYPE_HEADER)).isEqualTo("lifeline.connector-polled.v1");
        assertThat(header(sent, CloudEvent.SOURCE_HEADER)).isEqualTo("/lifeline/test");
        assertThat(header(sent, CloudEvent.TIME_HEADER)).isEqualTo(NOON.toString());
        assertThat(header(sent, CloudEvent.SUBJECT_HEADER)).isEqualTo(event.key());
        assertThat(header(sent, CloudEvent.CONTENT_TYPE_HEADER)).isEqualTo("application/json");
        assertThat(UUID.fromString(header(sent, CloudEvent.ID_HEADER))).isNotNull();
        assertThat(published).isNotDone();
        kafka.completeNext();
        assertThat(published).isCompleted();
    }

    @Test
    void says_so_when_kafka_does_not_acknowledge() {
        CompletableFuture<Void> published = publisher.publishAsync(event);
        kafka.errorNext(new TimeoutException("away"));

        assertThatThrownBy(published::join)
                .hasCauseInstanceOf(PublishFailedException.class)
                .hasRootCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void says_so_when_kafka_can_not_be_asked_at_all() {
        kafka.sendException = new TimeoutException("no metadata");

        assertThatThrownBy(() -> publisher.publish(event)).isInstanceOf(PublishFailedException.class);
    }

    private static String header(ProducerRecord<?, ?> record, String name) {
        return String.valueOf(CloudEvent.header(record.headers(), name));
    }

    private static Cluster cluster() {
        Node node = new Node(1, "localhost", 1);
        Node[] replicas = {node};
        List<PartitionInfo> partitions = java.util.stream.IntStream.range(0, PARTITIONS)
                .mapToObj(p -> new PartitionInfo("lifeline.connector.events", p, node, replicas, replicas))
                .toList();
        return new Cluster("test", List.of(node), partitions, java.util.Set.of(), java.util.Set.of());
    }

    private record OneProducer(Producer<byte[], byte[]> producer) implements ProducerFactory<byte[], byte[]> {
        @Override
        public Producer<byte[], byte[]> createProducer() {
            return producer;
        }
    }
}
