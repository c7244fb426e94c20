package dev.lifeline.poller.domain.classification;

import static dev.lifeline.poller.domain.classification.Answers.json;
import static dev.lifeline.poller.domain.classification.Answers.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.FailureClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that were met, with what each must come to. */
class RefreshFailuresTest {

    record Example(Answer answer, FailureClass failureClass, String errorCode, String line) {
        @Override
        public String toString() {
            return line;
        }
    }

    static Stream<Example> examples() throws IOException {
        return lines("refresh-failures.jsonl").stream().map(RefreshFailuresTest::example);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void is_judged_as_it_must(Example example) {
        Verdict verdict = refused(example.answer());
        assertThat(verdict.failureClass()).isEqualTo(example.failureClass());
        if (!example.errorCode().isEmpty()) {
            assertThat(verdict.errorCode()).isEqualTo(example.errorCode());
        }
    }

    static Stream<String[]> numbers() throws IOException {
        return lines("microsoft-aadsts.tsv").stream()
                .skip(1)
                .map(line -> line.split("\t"))
                .flatMap(columns ->
                        Arrays.stream(columns[1].split(" ")).map(number -> new String[] {columns[0], number}));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void every_number_of_microsoft_refines_the_class(String failureClass, String number) {
        String inDescription = "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS" + number + ": Words.\"}";
        String inCodes = "{\"error\":\"invalid_request\",\"error_codes\":[" + number + "]}";
        for (String body : List.of(inDescription, inCodes)) {
            Verdict verdict = refused(json(ProviderKind.MICROSOFT, 400, body));
            assertThat(verdict.failureClass().name()).isEqualTo(failureClass);
            assertThat(verdict.errorCode()).isEqualTo("AADSTS" + number);
        }
    }

    private static Example example(String line) {
        Map<String, Object> fields = Json.object(line).orElseThrow();
        Answer answer = new Answer(
                ProviderKind.of(text(fields, "provider")),
                requireNonNull((Json.Numeral) fields.get("status"))
                        .asLong()
                        .orElseThrow()
                        .intValue(),
                Map.of("Content-Type", List.of(text(fields, "contentType"))),
                text(fields, "body").getBytes(UTF_8));
        String errorCode = Json.text(fields, "errorCode");
        return new Example(
                answer, FailureClass.valueOf(text(fields, "failureClass")), errorCode == null ? "" : errorCode, line);
    }

    private static String text(Map<String, Object> fields, String name) {
        return requireNonNull(Json.text(fields, name), name);
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in =
                requireNonNull(RefreshFailuresTest.class.getResourceAsStream("/classification/" + name))) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
