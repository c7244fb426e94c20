package dev.lifeline.poller.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.poller.domain.classification.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int explain(String in, String... arguments) {
        return explain(in.getBytes(UTF_8), arguments);
    }

    private int explain(byte[] in, String... arguments) {
        var explain = new Explain(
                new ByteArrayInputStream(in), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return explain.run(List.of(arguments));
    }

    private List<Map<String, Object>> answers() {
        return out.toString(UTF_8)
                .lines()
                .map(line -> Json.object(line).orElseThrow())
                .toList();
    }

    @Nested
    class one_answer {

        @Test
        void is_explained() {
            int status = explain(
                    "",
                    "--provider",
                    "google",
                    "--status",
                    "400",
                    "--content-type",
                    "application/json",
                    "--body",
                    "{\"error\":\"invalid_grant\"}");
            assertThat(status).isZero();
            assertThat(out.toString(UTF_8))
                    .isEqualTo("{\"failureClass\":\"REAUTH\",\"errorCode\":\"invalid_grant\",\"permanent\":true,"
                            + "\"retryAfterSeconds\":null,\"rule\":\"dead-grant\","
                            + "\"why\":\"revoked, expired or in need of the user; also a code that was used\","
                            + "\"userSees\":\"Needs reconnecting: access was revoked or has expired\"}"
                            + System.lineSeparator());
        }

        @Test
        void may_come_from_standard_input_as_bytes() {
            byte[] body = "\uFEFF{\"error\":\"invalid_client\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
            assertThat(explain(body, "--provider=okta", "--status=401", "--body", "-"))
                    .isZero();
            assertThat(answers().getFirst()).containsEntry("failureClass", "CONFIG");
        }

        @Test
        void counts_a_date_in_retry_after_from_its_date() {
            explain(
                    "",
                    "--provider",
                    "google",
                    "--status",
                    "503",
                    "--header",
                    "Retry-After: Tue, 24 Nov 2026 12:00:30 GMT",
                    "--header",
                    "date: Tue, 24 Nov 2026 12:00:00 GMT",
                    "--body",
                    "");
            assertThat(out.toString(UTF_8))
                    .contains("\"retryAfterSeconds\":30,")
                    .contains("\"permanent\":false");
        }

        @Test
        void is_told_why_by_the_row_that_judged_and_not_by_another_of_its_name() {
            explain(
                    "",
                    "--provider",
                    "slack",
                    "--status",
                    "200",
                    "--body",
                    "{\"ok\":false,\"error\":\"missing_scope\"}");
            assertThat(answers().getFirst())
                    .containsEntry("rule", "dead-grant")
                    .containsEntry("why", "also when the app was removed from the workspace: reconnecting mends it");
        }

        @Test
        void may_have_no_body() {
            assertThat(explain("", "--provider", "google", "--status", "400")).isZero();
            assertThat(answers().getFirst()).containsEntry("rule", "not-understood");
        }

        @Test
        void need_not_have_come() {
            assertThat(explain("", "--provider", "google", "--status", "0")).isZero();
            assertThat(answers().getFirst()).containsEntry("errorCode", "no_answer");
        }

        @Test
        void may_have_granted() {
            explain("", "--provider", "google", "--status", "200", "--body", "{\"access_token\":\"secret\"}");
            assertThat(answers().getFirst())
                    .containsEntry("failureClass", Json.NULL)
                    .containsEntry("rule", "granted");
            assertThat(out.toString(UTF_8)).doesNotContain("secret");
        }
    }

    @Nested
    class wrong_usage {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "--provider google",
                    "--provider google --body x",
                    "--status 400 --body x",
                    "--provider google --status abc --body x",
                    "--provider google --status -1 --body x",
                    "--provider google --status 1000 --body x",
                    "--provider google --status 400 --body",
                    "google 400 x",
                    "--provider google --status 400 --body x --nonsense",
                    "--provider google --status 400 --body x --header none",
                    "--provider google --provider slack --status 400 --body x",
                    "--jsonl a b",
                    "--provider google --jsonl",
                    "--jsonl no/such/file"
                })
        void ends_with_2_and_says_nothing_on_standard_output(String arguments) {
            assertThat(explain("", arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                    .isEqualTo(2);
            assertThat(out.size()).isZero();
            assertThat(err.toString(UTF_8).lines())
                    .singleElement()
                    .asString()
                    .startsWith("lifeline explain: ")
                    .endsWith("; see ./lifeline explain --help");
        }

        @Test
        void is_not_to_ask_for_help() {
            assertThat(explain("", "--help")).isZero();
            assertThat(out.size()).isZero();
        }
    }

    @Nested
    class lines {

        @Test
        void are_answered_a_line_each() throws IOException {
            byte[] sample;
            try (InputStream in =
                    requireNonNull(ExplainTest.class.getResourceAsStream("/classification/refresh-failures.jsonl"))) {
                sample = in.readAllBytes();
            }
            assertThat(explain(sample, "--jsonl")).isZero();
            List<Map<String, Object>> examples = new String(sample, UTF_8)
                    .lines()
                    .map(line -> Json.object(line).orElseThrow())
                    .toList();
            assertThat(answers()).hasSameSizeAs(examples);
            for (int i = 0; i < examples.size(); i++) {
                assertThat(answers().get(i))
                        .containsEntry("failureClass", examples.get(i).get("failureClass"));
            }
        }

        @Test
        void may_carry_headers_as_texts_or_arrays() {
            explain("""
                    {"provider":"google","status":429,"headers":{"Retry-After":"7"}}
                    {"provider":"google","status":429,"headers":{"retry-after":["7","9"]},"body":null,"contentType":null}
                    {"provider":"google","status":429,"headers":{"Retry-After":11}}
                    """, "--jsonl");
            assertThat(answers())
                    .extracting(answer -> String.valueOf(answer.get("retryAfterSeconds")))
                    .containsExactly("Numeral[text=7]", "Numeral[text=9]", "Numeral[text=11]");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "not json",
                    "[]",
                    "{}",
                    "{\"provider\":\"google\"}",
                    "{\"provider\":1,\"status\":400}",
                    "{\"provider\":\"google\",\"status\":\"400\"}",
                    "{\"provider\":\"google\",\"status\":4.5}",
                    "{\"provider\":\"google\",\"status\":1e99}",
                    "{\"provider\":\"google\",\"status\":400,\"body\":{}}",
                    "{\"provider\":\"google\",\"status\":400,\"headers\":[]}",
                    "{\"provider\":\"google\",\"status\":400,\"headers\":{\"a\":{}}}"
                })
        void that_are_bad_answer_an_error_and_the_others_go_on(String bad) {
            String good = "{\"provider\":\"google\",\"status\":500,\"body\":\"\"}\n";
            assertThat(explain(good + bad + "\n" + good, "--jsonl")).isEqualTo(1);
            assertThat(answers()).hasSize(3);
            assertThat(answers().get(1)).containsOnlyKeys("error");
            assertThat(answers().get(2)).containsEntry("errorCode", "http_500");
        }

        @Test
        void may_stand_in_a_file(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("answers.jsonl"), "{\"provider\":\"google\",\"status\":500}");
            assertThat(explain("", "--jsonl", file.toString())).isZero();
            assertThat(answers()).hasSize(1);
        }
    }
}
