package dev.lifeline.events.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.Effect;
import dev.lifeline.events.Policy;
import dev.lifeline.events.TrustTier;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {

    private static UsableRule read(String field, String operator, Object value) {
        return Given.policy(Given.rule(field, operator, value, "deny")).rules().getFirst();
    }

    private static void assertRefused(Policy.Rule rule, String message) {
        assertThatThrownBy(() -> Given.policy(rule))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "actionType, eq, email.archive, YES", "actionType, eq, email, NO", "actionType, neq, email, YES",
        "actionType, contains, ARCHIVE, YES", "description, contains, newsletter, YES", "domain, eq, email, YES",
        "domain, eq, Email, YES", "domain, neq, EMAIL, NO", "connector, eq, Gmail, YES",
        "connector, neq, slack, YES", "provenance, eq, user_originated, YES", "urgency, neq, low, YES",
        "riskTier, eq, low, YES", "riskTier, gt, negligible, YES", "riskTier, gte, moderate, NO",
        "riskTier, lt, moderate, YES", "riskTier, lte, low, YES", "trustTier, gte, moderate_autonomy, YES",
        "trustTier, lt, high_autonomy, NO", "financial_impact, gt, low, NO", "operational_risk, eq, low, YES"
    })
    void texts_compare_whatever_their_capitals_and_tiers_by_rank(
            String field, String operator, String value, Match match) {
        assertThat(read(field, operator, value).match(Given.action(), TrustTier.HIGH_AUTONOMY))
                .isEqualTo(match);
    }

    @Test
    void numbers_compare_by_size() {
        assertThat(read("estimatedCostCents", "gt", 99).match(Given.action("estimatedCostCents", 100), null))
                .isEqualTo(Match.YES);
        assertThat(read("estimatedCostCents", "in", List.of(1, 100L))
                        .match(Given.action("estimatedCostCents", 100), null))
                .isEqualTo(Match.YES);
        assertThat(read("estimatedCostCents", "not_in", List.of(1)).match(Given.action("estimatedCostCents", 1), null))
                .isEqualTo(Match.NO);
    }

    @Test
    void what_is_true_is_told_from_what_is_not() {
        assertThat(read("reversible", "eq", false).match(Given.action(), null)).isEqualTo(Match.NO);
    }

    @Test
    void what_the_action_does_not_say_is_unknown() {
        assertThat(read("estimatedCostCents", "neq", 1).match(Given.action("estimatedCostCents", null), null))
                .isEqualTo(Match.UNKNOWN);
        assertThat(read("riskTier", "neq", "low").match(Given.action("risk", null), null))
                .isEqualTo(Match.UNKNOWN);
        assertThat(read("trustTier", "neq", "suggest").match(Given.action(), null))
                .isEqualTo(Match.UNKNOWN);
    }

    @Test
    void effects_are_those_of_the_contract() {
        assertThat(Given.policy(Given.rule("domain", "eq", "a", "allow"))
                        .rules()
                        .getFirst()
                        .allows())
                .isTrue();
        assertThat(Given.policy(Given.rule("domain", "eq", "a", "require_approval"))
                        .rules()
                        .getFirst()
                        .effect())
                .isEqualTo(Effect.REQUIRE_APPROVAL);
    }

    @Test
    void a_policy_of_a_higher_priority_is_tried_first() {
        RulePolicy low = RuleReader.read(new Policy(Given.POLICY, "a", "", 1, true, List.of()), 1);
        RulePolicy high = RuleReader.read(new Policy(Given.POLICY, "b", "", 2, true, List.of()), 1);
        assertThat(List.of(low, high).stream().sorted(RulePolicy.IN_ORDER)).containsExactly(high, low);
    }

    @Test
    void what_can_not_be_meant_is_refused_with_field_and_remedy() {
        assertRefused(
                Given.rule("colour", "eq", "red", "deny"),
                "rules[0].field 'colour' is not known; it may be one of actionType");
        assertRefused(Given.rule("domain", "like", "a", "deny"), "rules[0].operator 'like' is not known");
        assertRefused(Given.rule("domain", "gt", "a", "deny"), "does not go with domain; it may be one of");
        assertRefused(Given.rule("reversible", "contains", true, "deny"), "does not go with reversible");
        assertRefused(Given.rule("domain", "eq", 7, "deny"), "rules[0].value is not of the type of domain");
        assertRefused(Given.rule("estimatedCostCents", "eq", "7", "deny"), "it must be a whole number");
        assertRefused(Given.rule("estimatedCostCents", "eq", 7.5, "deny"), "it must be a whole number");
        assertRefused(
                Given.rule("estimatedCostCents", "eq", new BigInteger("99999999999999999999"), "deny"),
                "rules[0].value is out of range; it must be from -9223372036854775808 to 9223372036854775807");
        assertRefused(Given.rule("reversible", "eq", "true", "deny"), "it must be true or false");
        assertRefused(Given.rule("riskTier", "eq", "huge", "deny"), "'huge' is not known; it may be one of negligible");
        assertRefused(Given.rule("domain", "in", "email", "deny"), "must be a list");
        assertRefused(Given.rule("domain", "in", List.of(), "deny"), "must be a list");
        assertRefused(Given.rule("domain", "in", List.of("a", 1), "deny"), "rules[0].value[1] is not of the type");
        assertRefused(Given.rule("domain", "eq", List.of("a"), "deny"), "is not of the type");
        assertRefused(Given.rule("domain", "eq", "", "deny"), "is empty");
        assertRefused(Given.rule("domain", "eq", "a", "maybe"), "rules[0].effect 'maybe' is not known");
    }

    @Test
    void ten_thousand_rules_are_too_many() {
        Policy.Rule[] rules = Collections.nCopies(10_000, Given.rule("domain", "eq", "a", "deny"))
                .toArray(Policy.Rule[]::new);
        assertThatThrownBy(() -> Given.policy(rules))
                .hasMessageContaining("rules are 10000; a policy may have at most 100");
    }

    @Test
    void more_text_than_one_event_could_carry_is_too_much() {
        String value = "é".repeat(500);
        Policy.Rule[] rules = Collections.nCopies(66, Given.rule("domain", "in", List.of(value), "deny"))
                .toArray(Policy.Rule[]::new);
        assertThatThrownBy(() -> Given.policy(rules))
                .isInstanceOf(MalformedException.class)
                .hasMessageMatching("rules have \\d{5} characters of text; .* at most 32768 altogether, so divide it");
        assertThat(Given.policy(Arrays.copyOf(rules, 64)).rules()).hasSize(64);
    }

    @Test
    void a_list_holds_a_text_whatever_its_capitals() {
        assertThat(read("domain", "in", List.of("Banking", "Email")).match(Given.action(), null))
                .isEqualTo(Match.YES);
        assertThat(read("domain", "not_in", List.of("Banking", "Email")).match(Given.action(), null))
                .isEqualTo(Match.NO);
    }

    @Test
    void risk_is_read_from_the_assessment() {
        assertThat(read("privacy_sensitivity", "gte", "high").match(Given.risking("low", "high"), null))
                .isEqualTo(Match.YES);
    }
}
