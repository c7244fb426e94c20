package dev.lifeline.bench.fold;

import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads our events for Kafka Connect, which wants a schema with every value. It knows the one there is, so that the peer need
 * not parse schemas that travel inline.
 */
public final class EventConverter implements Converter {

    private static final Schema UUID_SCHEMA =
            SchemaBuilder.string().name("io.debezium.data.Uuid").version(1).build();
    private static final Schema SCHEMA = SchemaBuilder.struct()
            .name("connector_event")
            .field("user_id", UUID_SCHEMA)
            .field("connector_name", Schema.STRING_SCHEMA)
            .field("provider", Schema.STRING_SCHEMA)
            .field("grant_id", UUID_SCHEMA)
            .field("generation", Schema.INT64_SCHEMA)
            .field("attempt", Schema.INT64_SCHEMA)
            .field("consecutive_failures", Schema.INT32_SCHEMA)
            .field("failure_class", Schema.OPTIONAL_STRING_SCHEMA)
            .field("error_code", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final ObjectReader reader = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(Event.class);

    record Event(
            UUID userId,
            String connectorName,
            String provider,
            UUID grantId,
            long generation,
            long attempt,
            int consecutiveFailures,
            @Nullable String failureClass,
            @Nullable String errorCode) {}

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {}

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        Event event = reader.readValue(value);
        return new SchemaAndValue(
                SCHEMA,
                new Struct(SCHEMA)
                        .put("user_id", event.userId().toString())
                        .put("connector_name", event.connectorName())
                        .put("provider", event.provider())
                        .put("grant_id", event.grantId().toString())
                        .put("generation", event.generation())
                        .put("attempt", event.attempt())
                        .put("consecutive_failures", event.consecutiveFailures())
                        .put("failure_class", event.failureClass())
                        .put("error_code", event.errorCode()));
    }
}
