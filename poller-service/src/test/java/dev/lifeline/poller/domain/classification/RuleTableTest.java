package dev.lifeline.poller.domain.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.FailureClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void a_table_may_be_indented_and_need_not_be_aligned() {
        assertThat(RuleTable.parse(
                                "|rule|provider|field|matches|class|code|why|\n|-|-|-|-|-|-|-|\n  |rest|any|status|*|CONFIG|||")
                        .judge(error("x"), null)
                        .failureClass())
                .isEqualTo(FailureClass.CONFIG);
    }

    @Test
    void the_shipped_rules_are_what_is_printed() {
        assertThat(RuleTable.ofTokenEndpoint(RuleTable.tokenEndpointFile()).version())
                .isEqualTo(RuleTable.TOKEN_ENDPOINT.version());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ``                                                  ~ there is no rule; write a line
            no table                                            ~ there is no rule; write a line
            | one | any | error | x | ADMIN | |                 ~ line 1: it is the last rule and does not match everything; end with
            | one | any | error | x | ADMIN | | |               ~ line 1: it is the last rule and does not match everything; end with
            | one | any | status | 400 | ADMIN | | |            ~ line 1: it is the last rule and does not match everything; end with
            | one | any | error | x | ADMIN                     ~ line 1: it has 5 columns; write seven
            """)
    void a_table_without_an_end_is_refused(String markdown, String message) {
        assertThatThrownBy(() -> RuleTable.parse(markdown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            | one | any | error | x | ADMIN | |             | x | ~ it has 8 columns; write seven
            |     | any | error | x | ADMIN | | |                 ~ rule is empty; give it a name
            | one | acme | error | x | ADMIN | | |                ~ provider 'acme' is not known; it may be one of any, google, microsoft
            | one | any | colour | x | ADMIN | | |                ~ field 'colour' is not known; it may be one of status, error, error_401, subtype
            | one | any | reason | x | ADMIN | | |                ~ field 'reason' is not known; it may be one of status, error, error_401, subtype
            | one | any | error | x | HOPELESS | | |              ~ class 'HOPELESS' is not known; it may be one of REAUTH, ADMIN, CONFIG
            | one | any | error | x | | | |                       ~ class '' is not known; it may be one of REAUTH, ADMIN, CONFIG
            | one | any | error | | ADMIN | | |                   ~ matches is empty, or a part of it is
            | one | any | says | a phrase;; another | ADMIN | | | ~ matches is empty, or a part of it is
            | one | any | status | often | ADMIN | | |            ~ matches 'often' is no status; write one as 400
            | one | any | status | 500-400 | ADMIN | | |          ~ matches '500-400' is no status; write one as 400
            | one | microsoft | aadsts | AADSTS50173 | ADMIN | | | ~ matches 'aadsts50173' is no number of Microsoft's; write 50173
            | one | any | error | x | ADMIN | two words | |       ~ code 'two words' is none; write up to 64 of
            """)
    void a_rule_that_can_not_be_meant_is_refused_by_line_and_column(String row, String message) {
        assertThatThrownBy(() -> RuleTable.ofTokenEndpoint("# Rules\n\n" + row + "\n" + REST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 3: " + message);
    }
}
