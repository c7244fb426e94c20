package dev.lifeline.poller.domain.classification;

import static dev.lifeline.poller.domain.classification.Answers.json;
import static dev.lifeline.poller.domain.classification.Answers.refused;
import static dev.lifeline.poller.domain.classification.Answers.withHeaders;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final String DATE = "Tue, 24 Nov 2026 12:00:00 GMT";

    private static long seconds(String... values) {
        Verdict verdict =
                refused(withHeaders(503, Map.of("retry-after", Arrays.asList(values), "DATE", List.of(DATE))));
        return Objects.requireNonNull(verdict.retryAfter(), "none").toSeconds();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "5,5", " 7 ,7", "1.2,2", "3600,3600", "3601,3600", "99999999999999999999999999,3600"})
    void counts_seconds_up_to_an_hour(String value, long seconds) {
        assertThat(seconds(value)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tue, 24 Nov 2026 12:01:30 GMT|90",
                "Tue, 24 Nov 2026 11:00:00 GMT|0",
                "Fri, 25 Nov 2033 12:00:00 GMT|3600",
                "Tuesday, 24-Nov-26 12:00:10 GMT|10",
                "Tue Nov 24 12:00:20 2026|20"
            })
    void counts_a_date_from_the_date_of_the_answer(String value, long seconds) {
        assertThat(seconds(value)).isEqualTo(seconds);
    }

    @Test
    void takes_the_longest_of_several() {
        assertThat(seconds("5", "soon", "20", "10")).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "", "soon", "5s", "0x10", "1e3", "Tue, 99 Nov 2026 12:01:30 GMT"})
    void ignores_what_is_neither(String value) {
        Verdict verdict = refused(withHeaders(429, Map.of("Retry-After", List.of(value), "Date", List.of(DATE))));
        assertThat(verdict.retryAfter()).isNull();
    }

    @Test
    void ignores_a_date_where_the_answer_has_none() {
        assertThat(refused(withHeaders(503, Map.of("Retry-After", List.of(DATE))))
                        .retryAfter())
                .isNull();
    }

    @Test
    void does_not_help_what_waiting_can_not_mend() {
        Answer answer = new Answer(
                ProviderKind.GENERIC,
                400,
                Map.of("Retry-After", List.of("5")),
                "{\"error\":\"invalid_grant\"}".getBytes(UTF_8));
        assertThat(refused(answer).retryAfter()).isNull();
        assertThat(refused(json(ProviderKind.GENERIC, 400, "")).retryAfter()).isNull();
    }
}
