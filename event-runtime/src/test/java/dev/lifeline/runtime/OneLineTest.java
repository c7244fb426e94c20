package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Order milk", "\u201con holiday\u201d", "caf\u00e9 \u4e2d\u6587 \ud83c\udf4e", "C:\\new"})
    void what_can_be_seen_stays_as_it_is(String text) {
        assertThat(OneLine.of(text)).isEqualTo(text);
    }

    @Test
    void what_would_begin_another_line_is_spelled_out() {
        assertThat(OneLine.of("a\nb\r\nc\u0085d\u2028e\u2029f")).isEqualTo("a\\nb\\r\\nc\\u0085d\\u2028e\\u2029f");
    }

    @Test
    void what_a_terminal_would_obey_is_spelled_out() {
        assertThat(OneLine.of("\u001b[2Ja\bb\tc\u009b1A")).isEqualTo("\\u001b[2Ja\\u0008b\\tc\\u009b1A");
    }

    @Test
    void what_turns_text_around_or_hides_in_it_is_spelled_out() {
        assertThat(OneLine.of("pay\u202e\u200b \udb40\udc41 \ud800")).isEqualTo("pay\\u202e\\u200b \\u{e0041} \\ud800");
    }
}
