package dev.lifeline.events;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a message: the attributes of a CloudEvent in binary mode, one record header each, as the <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka protocol
 * binding</a> has it.
 *
 * @param id unique together with the source; the same id twice is the same message published twice
 * @param type see {@link MessageType}
 * @param source which service published it, such as {@code /lifeline/poller-service}
 * @param time when it was published, by its publisher's clock; for facts the record's own timestamp counts
 * @param subject what it is about: the record's key
 * @param traceparent the W3C trace context in which it was published
 */
public record CloudEvent(
        String id,
        String type,
        URI source,
        Instant time,
        String subject,
        @Nullable String traceparent) {

    public static final String SPEC_VERSION_HEADER = "ce_specversion";
    public static final String ID_HEADER = "ce_id";
    public static final String TYPE_HEADER = "ce_type";
    public static final String SOURCE_HEADER = "ce_source";
    public static final String TIME_HEADER = "ce_time";
    public static final String SUBJECT_HEADER = "ce_subject";
    public static final String CONTENT_TYPE_HEADER = "content-type";
    public static final String TRACEPARENT_HEADER = "traceparent";

    /** Adds the attributes to a record's headers. */
    public void writeTo(Headers headers) {
        put(headers, SPEC_VERSION_HEADER, "1.0");
        put(headers, ID_HEADER, id);
        put(headers, TYPE_HEADER, type);
        put(headers, SOURCE_HEADER, source.toString());
        put(headers, TIME_HEADER, time.toString());
        put(headers, SUBJECT_HEADER, subject);
        put(headers, CONTENT_TYPE_HEADER, "application/json");
        if (traceparent != null) {
            put(headers, TRACEPARENT_HEADER, traceparent);
        }
    }

    /** The text of a header; absent when the record has none of that name. */
    public static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
