package dev.lifeline.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SchemasTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = Codec.types().stream()
            .collect(Collectors.toMap(
                    Function.identity(),
                    type -> REGISTRY.getSchema(Schemas.of(type).orElseThrow())));

    private final Codec codec = new Codec();

    static Stream<String> types() {
        return Codec.types().stream();
    }

    static Stream<Message> samples() {
        return Stream.concat(Samples.full().stream(), Samples.lean().stream());
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_schema_has_the_fields_of_its_record_and_demands_those_that_are_always_there(String type) {
        JsonNode schema = JSON.readTree(Schemas.of(type).orElseThrow());
        Class<? extends Message> record = Codec.classOf(type).orElseThrow();
        assertThat(schema.required("title").stringValue()).isEqualTo(record.getSimpleName());
        assertThat(schema.required("properties").propertyNames())
                .containsExactlyElementsOf(names(record, component -> true));
        assertThat(schema.required("required").valueStream().map(JsonNode::stringValue))
                .containsExactlyElementsOf(names(record, component -> !AnyMessage.mayBeAbsent(component)));
        assertThat(schema.required("properties").valueStream())
                .allSatisfy(field ->
                        assertThat(field.required("description").stringValue()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_samples_match(Message message) {
        assertMatches(Codec.typeOf(message), codec.encode(message));
    }

    @Property
    void every_message_matches(@ForAll Message message) {
        assertMatches(Codec.typeOf(message), codec.encode(message));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fields_that_are_added_later_match_too(Message message) {
        ObjectNode newer = (ObjectNode) JSON.readTree(codec.encode(message));
        newer.put("addedLater", 1);
        assertMatches(Codec.typeOf(message), JSON.writeValueAsBytes(newer));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_message_without_its_user_or_with_a_wrong_field_does_not(Message message) {
        Schema schema = schema(Codec.typeOf(message));
        ObjectNode nobody = (ObjectNode) JSON.readTree(codec.encode(message));
        nobody.remove("userId");
        assertThat(schema.validate(nobody)).isNotEmpty();
        for (String name : nobody.propertyNames()) {
            ObjectNode wrong = (ObjectNode) JSON.readTree(codec.encode(message));
            wrong.putArray(name);
            assertThat(schema.validate(wrong)).as(name).isNotEmpty();
        }
    }

    @Test
    void a_type_that_is_not_known_has_none() {
        assertThat(Schemas.of("lifeline.something-new.v1")).isEmpty();
    }

    private static void assertMatches(String type, byte[] message) {
        String json = new String(message, StandardCharsets.UTF_8);
        Schema schema = schema(type);
        assertThat(schema.validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as(json)
                .isEmpty();
    }

    private static Schema schema(String type) {
        return Objects.requireNonNull(SCHEMAS.get(type), type);
    }

    private static List<String> names(Class<?> record, Predicate<RecordComponent> which) {
        return Arrays.stream(record.getRecordComponents())
                .filter(which)
                .map(RecordComponent::getName)
                .toList();
    }
}
