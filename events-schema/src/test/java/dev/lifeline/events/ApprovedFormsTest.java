package dev.lifeline.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wire form of each type is approved: a file in {@code src/test/resources/approved}. A change that makes one of these
 * tests fail breaks readers. A new field is added to the record as {@code @Nullable}, the file stays beside a new one.
 */
class ApprovedFormsTest {

    private static final Path APPROVED = Path.of("src/test/resources/approved");
    private static final JsonMapper JSON = new JsonMapper();

    private final Codec codec = new Codec();

    static Stream<Message> full() {
        return Samples.full().stream();
    }

    static Stream<Message> lean() {
        return Samples.lean().stream();
    }

    static Stream<Message> all() {
        return Stream.concat(full(), lean());
    }

    @ParameterizedTest
    @MethodSource("full")
    void a_message_is_written_as_approved(Message message) {
        assertThat(pretty(codec.encode(message))).isEqualTo(approved(message, ""));
    }

    @ParameterizedTest
    @MethodSource("lean")
    void what_is_absent_is_written_as_null(Message message) {
        assertThat(pretty(codec.encode(message))).isEqualTo(approved(message, ".lean"));
    }

    @ParameterizedTest
    @MethodSource("full")
    void what_is_approved_is_read(Message message) {
        assertThat(codec.decode(Codec.typeOf(message), approved(message, "").getBytes(StandardCharsets.UTF_8)))
                .contains(message);
    }

    @ParameterizedTest
    @MethodSource("lean")
    void what_an_older_writer_left_out_is_absent(Message message) {
        ObjectNode older = (ObjectNode) JSON.readTree(approved(message, ".lean"));
        Set<String> absent = older.properties().stream()
                .filter(field -> field.getValue().isNull())
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toSet());
        older.remove(absent);
        assertThat(absent).isNotEmpty();
        assertThat(codec.decode(Codec.typeOf(message), JSON.writeValueAsBytes(older)))
                .contains(message);
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_a_newer_writer_adds_is_ignored(Message message) {
        ObjectNode newer = (ObjectNode) JSON.readTree(codec.encode(message));
        newer.put("addedLater", "text").putObject("addedToo").put("deep", 1).putNull("deeper");
        assertThat(codec.decode(Codec.typeOf(message), JSON.writeValueAsBytes(newer)))
                .contains(message);
    }

    @ParameterizedTest
    @MethodSource("full")
    void a_type_of_a_later_version_is_passed_over(Message message) {
        String later = Codec.typeOf(message).replace(".v1", ".v2");
        assertThat(codec.decode(later, codec.encode(message))).isEmpty();
    }

    @Test
    void every_type_has_a_sample_and_every_file_a_sample() throws IOException {
        assertThat(Samples.full().stream().map(Codec::typeOf)).containsExactlyInAnyOrderElementsOf(Codec.types());
        try (Stream<Path> files = Files.list(APPROVED)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    full().map(each -> Codec.typeOf(each) + ".json"),
                                    lean().map(each -> Codec.typeOf(each) + ".lean.json"))
                            .toList());
        }
    }

    @Test
    void what_is_absent_deep_inside_is_read_as_it_was_written() {
        assertThat(AutonomySamples.bare())
                .allSatisfy(message -> assertThat(codec.decode(Codec.typeOf(message), codec.encode(message)))
                        .contains(message));
    }

    private static String approved(Message message, String variant) {
        Path file = APPROVED.resolve(Codec.typeOf(message) + variant + ".json");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is missing: approve the wire form by adding it", e);
        }
    }

    private static String pretty(byte[] json) {
        JsonNode tree = JSON.readTree(json);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    }
}
