package dev.lifeline.poller.domain.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Token has been expired or revoked.",
                "reauth related error (invalid_rapt)",
                "AADSTS50173: The provided grant has expired due to it being revoked.",
                "The client_id and/or client_secret passed are incorrect.",
                "Due to a configuration change made by your administrator, you must use multi-factor authentication.",
                "A risk-based policy gave night_shift_insight_error.",
                "Gmail API has not been used in project 1 before"
            })
    void keeps_what_people_say(String description) {
        assertThat(Wording.description(description, Set.of())).isEqualTo(description);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refresh_token=abc is bad|refresh_token=*** is bad",
                "Bearer hello refused|Bearer *** refused",
                "user alice@example.org is gone|user *** is gone",
                "see https://example.org/help?state=abc#x now|see https://example.org/help now",
                "Trace ID: 0f8fad5b-d9cb-469f-a165-70867728950e|Trace ID: ***"
            })
    void masks_what_may_be_secret_or_personal(String description, String masked) {
        assertThat(Wording.description(description, Set.of())).isEqualTo(masked);
    }

    @Test
    void masks_what_the_answer_itself_carries_as_a_credential() {
        assertThat(Wording.description("open sesame was refused", Set.of("sesame")))
                .isEqualTo("open *** was refused");
        assertThat(Wording.code("sesame", Set.of("sesame"), word -> false)).isNull();
    }

    @Test
    void puts_everything_in_one_line_of_300_characters() {
        assertThat(Wording.description("one\r\ntwo\u0000\u202Ethree", Set.of())).isEqualTo("one twothree");
        assertThat(Wording.description("word ".repeat(1_000), Set.of())).hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qZ8fK2mW9xR4tY7uB3nL",
                "deadbeefdeadbeef0123",
                "ya29.abc",
                "xoxe-1-abcdefg",
                "two words",
                "",
                "1",
                "a\nb"
            })
    void keeps_no_code_that_is_not_made_of_words(String said) {
        assertThat(Wording.code(said, Set.of(), word -> false)).isNull();
    }
}
