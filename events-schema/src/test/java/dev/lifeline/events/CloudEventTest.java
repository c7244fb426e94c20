package dev.lifeline.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class CloudEventTest {

    static final CloudEvent EVENT = new CloudEvent(
            "5a2f",
            "lifeline.connector-polled.v1",
            URI.create("/lifeline/poller-service"),
            Instant.parse("2026-11-24T09:41:00.250Z"),
            "11111111-1111-4111-8111-111111111111",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void its_attributes_travel_as_headers_of_the_binary_mode() {
        EVENT.writeTo(headers);
        assertThat(CloudEvent.header(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(CloudEvent.header(headers, "ce_id")).isEqualTo("5a2f");
        assertThat(CloudEvent.header(headers, "ce_type")).isEqualTo("lifeline.connector-polled.v1");
        assertThat(CloudEvent.header(headers, "ce_source")).isEqualTo("/lifeline/poller-service");
        assertThat(CloudEvent.header(headers, "ce_time")).isEqualTo("2026-11-24T09:41:00.250Z");
        assertThat(CloudEvent.header(headers, "ce_subject")).isEqualTo("11111111-1111-4111-8111-111111111111");
        assertThat(CloudEvent.header(headers, "content-type")).isEqualTo("application/json");
        assertThat(CloudEvent.header(headers, "traceparent")).startsWith("00-0af7");
    }

    @Test
    void without_a_trace_there_is_no_header_for_it() {
        new CloudEvent(EVENT.id(), EVENT.type(), EVENT.source(), EVENT.time(), EVENT.subject(), null).writeTo(headers);
        assertThat(headers.lastHeader("traceparent")).isNull();
        assertThat(CloudEvent.header(headers, "traceparent")).isNull();
    }

    @Test
    void of_several_headers_of_a_name_the_last_counts() {
        headers.add("ce_type", "first".getBytes(StandardCharsets.UTF_8));
        headers.add("ce_type", "last".getBytes(StandardCharsets.UTF_8));
        headers.add("ce_id", null);
        assertThat(CloudEvent.header(headers, "ce_type")).isEqualTo("last");
        assertThat(CloudEvent.header(headers, "ce_id")).isNull();
    }

    @Test
    void the_cloudevents_library_reads_it() {
        EVENT.writeTo(headers);
        byte[] value = new Codec().encode(Samples.full().getFirst());
        var consumed = new ConsumerRecord<>(
                Topics.CONNECTOR_EVENTS.name(),
                0,
                0,
                0L,
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                EVENT.subject(),
                value,
                headers,
                java.util.Optional.empty());

        io.cloudevents.CloudEvent read =
                KafkaMessageFactory.createReader(consumed).toEvent();

        assertThat(read.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(read.getId()).isEqualTo(EVENT.id());
        assertThat(read.getType()).isEqualTo(EVENT.type());
        assertThat(read.getSource()).isEqualTo(EVENT.source());
        assertThat(read.getTime()).isEqualTo(EVENT.time().atOffset(ZoneOffset.UTC));
        assertThat(read.getSubject()).isEqualTo(EVENT.subject());
        assertThat(read.getDataContentType()).isEqualTo("application/json");
        assertThat(Objects.requireNonNull(read.getData()).toBytes()).isEqualTo(value);
    }
}
