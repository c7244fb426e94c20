package dev.lifeline.poller.domain.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.FailureClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTableTest {
    private static final String REST = "| rest | any | status | * | TRANSIENT | http_ | |";

    private static Evidence error(String error) {
        return new Evidence(ProviderKind.GENERIC, 400, error, null, List.of(), List.of(), null);
    }

    @Test
    void the_first_rule_that_matches_judges() {
        RuleTable table = RuleTable.parse("""
                # Rules
                | rule | provider | field | matches | class | code | why |
                | ---- | -------- | ----- | ------- | ----- | ---- | --- |
                | one | any | error | invalid_grant | ADMIN | ask_admin | |
                | two | any | error | * | CONFIG | | |
                """ + REST);
        assertThat(table.judge(error("invalid_grant"), null).rule()).isEqualTo("one");
        assertThat(table.judge(error("invalid_grant"), null).errorCode()).isEqualTo("ask_admin");
        assertThat(table.judge(error("else"), null).failureClass()).isEqualTo(FailureClass.CONFIG);
    }

    @Test
    void the_version_changes_with_the_rules_and_not_with_the_layout() {
        String version = RuleTable.parse(REST).version();
        assertThat(RuleTable.parse("Some words.\n\n" + REST.replace(" *", "   *") + "\n")
                        .version())
                .isEqualTo(version);
        assertThat(RuleTable.parse(REST.replace("rest", "remainder")).version()).isNotEqualTo(version);
        assertThat(RuleTable.TOKEN_ENDPOINT.version())
                .isNotEqualTo(RuleTable.API.version())
                .hasSize(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no table",
                "| one | any | error | x | ADMIN | |",
                "| one | any | error | x | ADMIN | | |",
                "| one | acme | error | x | ADMIN | | |\n| rest | any | status | * | TRANSIENT | http_ | |",
                "| one | any | colour | x | ADMIN | | |\n| rest | any | status | * | TRANSIENT | http_ | |",
                "| one | any | error | x | HOPELESS | | |\n| rest | any | status | * | TRANSIENT | http_ | |",
                "| one | any | status | often | ADMIN | | |\n| rest | any | status | * | TRANSIENT | http_ | |"
            })
    void a_table_that_is_none_is_refused_by_name(String markdown) {
        assertThatThrownBy(() -> RuleTable.parse(markdown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("null");
    }
}
