package dev.lifeline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CodecTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String REVOKED = "lifeline.grant-revoked.v1";
    private static final String REVOKED_JSON = """
            {"userId": "11111111-1111-4111-8111-111111111111", "provider": "google",
             "grantId": "6f1f6a5e-3a3c-4f0e-9b55-1d2c3b4a5f60", "generation": 1, "errorCode": "tokens-revoked"}""";

    private final Codec codec = new Codec();

    @Property
    void what_is_written_is_read(@ForAll Message message) {
        assertThat(codec.decode(Codec.typeOf(message), codec.encode(message))).contains(message);
    }

    @Property
    void no_bytes_crash_it(@ForAll("types") String type, @ForAll byte[] bytes) {
        try {
            codec.decode(type, bytes);
        } catch (UnreadableMessageException expected) {
            assertThat(expected).hasMessageStartingWith("no " + type);
        }
    }

    @Property
    void no_change_of_one_field_crashes_it(
            @ForAll Message message, @ForAll int which, @ForAll @From("values") String value) {
        ObjectNode json = (ObjectNode) JSON.readTree(codec.encode(message));
        List<String> names = List.copyOf(json.propertyNames());
        json.set(names.get(Math.floorMod(which, names.size())), JSON.readTree(value));
        try {
            codec.decode(Codec.typeOf(message), JSON.writeValueAsBytes(json));
        } catch (UnreadableMessageException expected) {
            assertThat(expected).hasMessageMatching(".* is (missing|not of its type|not known)\\b.*");
        }
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(Codec.types());
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of("null", "1", "-1", "1.5", "1e400", "true", "\"text\"", "[]", "{}", "[[null]]", "\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "userId, null, is missing; it must be a UUID",
        "userId, 7, is not of its type; it must be a UUID",
        "userId, '\"7\"', is not of its type; it must be a UUID",
        "grantId, null, is missing; it must be a UUID",
        "errorCode, null, is missing; it must be a text",
        "errorCode, 5, is not of its type; it must be a text",
        "errorCode, [], is not of its type; it must be a text",
        "generation, null, is missing; it must be a whole number",
        "generation, 1.5, is not of its type; it must be a whole number",
        "generation, '\"1\"', is not of its type; it must be a whole number",
        "generation, 99999999999999999999, is out of range; it must be from -9223372036854775808 to 9223372036854775807"
    })
    void a_field_that_is_not_of_its_type_is_named_with_the_remedy(String field, String value, String wrong) {
        ObjectNode json = (ObjectNode) JSON.readTree(REVOKED_JSON);
        json.set(field, JSON.readTree(value));
        assertThatExceptionOfType(UnreadableMessageException.class)
                .isThrownBy(() -> codec.decode(REVOKED, JSON.writeValueAsBytes(json)))
                .withMessage("no " + REVOKED + ": " + field + " " + wrong);
    }

    @ParameterizedTest
    @CsvSource({"userId", "provider", "grantId", "generation", "errorCode"})
    void a_field_that_is_missing_is_named(String field) {
        ObjectNode json = (ObjectNode) JSON.readTree(REVOKED_JSON);
        json.remove(field);
        assertThatThrownBy(() -> codec.decode(REVOKED, JSON.writeValueAsBytes(json)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining(": " + field + " is missing; it must be a ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"userId"
            null
            []
            "text"
            ''
            {} {}
            """)
    void what_is_no_object_is_unreadable(String json) {
        assertThatThrownBy(() -> codec.decode(REVOKED, json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableMessageException.class);
    }

    @Test
    void what_is_wrong_is_told_without_what_stood_there() {
        String json = REVOKED_JSON.replace("\"google\"", "{\"secret\": \"alice@example.org\"}");
        assertThatThrownBy(() -> codec.decode(REVOKED, json.getBytes(StandardCharsets.UTF_8)))
                .hasMessageNotContaining("alice")
                .hasNoCause();
    }

    @Test
    void a_type_that_is_not_known_is_no_error() {
        assertThat(codec.decode("lifeline.something-new.v1", new byte[] {1, 2, 3}))
                .isEmpty();
        assertThat(Codec.classOf("lifeline.something-new.v1")).isEqualTo(Optional.empty());
    }
}
