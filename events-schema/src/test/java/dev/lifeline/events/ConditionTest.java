package dev.lifeline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionTest {

    @ParameterizedTest
    @CsvSource({
        "OK, CONNECTED",
        "RETRYING, CONNECTED",
        "STALE, CONNECTED",
        "OPERATOR_FAULT, CONNECTED",
        "NEEDS_REAUTH, NEEDS_REAUTH",
        "NEEDS_ADMIN, NEEDS_REAUTH",
        "DISABLED, DISABLED"
    })
    void shows_as_a_status(Condition condition, Status status) {
        assertThat(condition.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void has_a_name_on_the_wire_by_which_it_is_found(Condition condition) {
        assertThat(Condition.ofWireName(condition.wireName())).isEqualTo(condition);
    }

    @Test
    void what_there_is_not_is_not_found() {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.ofWireName("fine"));
    }
}
