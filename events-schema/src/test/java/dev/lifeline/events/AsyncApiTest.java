package dev.lifeline.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The AsyncAPI document says what the code does. */
class AsyncApiTest {

    private static final JsonNode DOCUMENT = new YAMLMapper().readTree(Schemas.asyncApi());

    static Stream<Topic> topics() {
        return Topics.all().stream();
    }

    static Stream<Message> samples() {
        return Samples.full().stream();
    }

    @Test
    void it_is_asyncapi_3() {
        assertThat(DOCUMENT.required("asyncapi").stringValue()).isEqualTo("3.0.0");
        assertThat(DOCUMENT.required("info").required("title").stringValue()).isEqualTo("Lifeline");
    }

    @Test
    void it_has_a_channel_for_each_topic_and_no_other() {
        assertThat(DOCUMENT.required("channels")
                        .valueStream()
                        .map(channel -> channel.required("address").stringValue()))
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_channel_is_configured_as_its_topic(Topic topic) {
        JsonNode kafka = channel(topic).at("/bindings/kafka");
        assertThat(kafka.required("topic").stringValue()).isEqualTo(topic.name());
        assertThat(kafka.required("partitions").intValue()).isEqualTo(Topics.DEFAULT_PARTITIONS);
        Map<String, String> stated = new TreeMap<>();
        kafka.required("topicConfiguration")
                .properties()
                .forEach(each -> stated.put(
                        each.getKey(),
                        each.getValue().isArray()
                                ? each.getValue()
                                        .valueStream()
                                        .map(JsonNode::stringValue)
                                        .collect(Collectors.joining(","))
                                : each.getValue().asString()));
        Map<String, String> configured = new TreeMap<>(topic.configuration());
        configured.keySet().retainAll(Set.of("cleanup.policy", "retention.ms", "delete.retention.ms"));
        assertThat(stated).isEqualTo(configured);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_message_stands_on_the_channel_of_its_topic(Message message) {
        String title = message.getClass().getSimpleName();
        JsonNode onChannel = channel(Topics.of(message)).required("messages").required(title);
        JsonNode described = resolve(onChannel);
        assertThat(described.required("name").stringValue()).isEqualTo(Codec.typeOf(message));
        assertThat(described.at("/payload/schema/$ref").stringValue())
                .isEqualTo("./schemas/" + Codec.typeOf(message) + ".json");
        JsonNode key = resolve(described.at("/bindings/kafka/key"));
        if (key.has("pattern")) {
            assertThat(message.key()).matches(key.required("pattern").stringValue());
        } else {
            assertThat(message.key()).isEqualTo(message.userId().toString());
        }
    }

    @Test
    void it_has_each_type_once() {
        long onChannels = DOCUMENT.required("channels")
                .valueStream()
                .mapToLong(channel -> channel.path("messages").size())
                .sum();
        assertThat(onChannels).isEqualTo(Codec.types().size());
        assertThat(DOCUMENT.at("/components/messages").size())
                .isEqualTo(Codec.types().size());
    }

    @Test
    void it_names_the_headers_that_are_written() {
        var headers = new RecordHeaders();
        CloudEventTest.EVENT.writeTo(headers);
        assertThat(Stream.of(headers.toArray()).map(header -> header.key()))
                .containsExactlyInAnyOrderElementsOf(
                        DOCUMENT.at("/components/schemas/cloudEvent/properties").propertyNames());
    }

    private static JsonNode channel(Topic topic) {
        return DOCUMENT.required("channels")
                .valueStream()
                .filter(channel -> channel.required("address").stringValue().equals(topic.name()))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode resolve(JsonNode reference) {
        String pointer = reference.required("$ref").stringValue();
        assertThat(pointer).startsWith("#/");
        return DOCUMENT.requiredAt(pointer.substring(1));
    }
}
