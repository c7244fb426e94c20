package dev.lifeline.policy.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lever in the environment: a doubt is a yes. */
class LeverTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "false", "False", "FALSE ", "0", "no", "off", " Off"})
    void what_clearly_says_no_does_not_pull_it(String value) {
        assertThat(Lever.pulled(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", " true ", "1", "yes", "on", "ture", "flase", "disabled", "null", "-", "00"})
    void whatever_does_not_pulls_it(String value) {
        assertThat(Lever.pulled(value)).isTrue();
    }
}
