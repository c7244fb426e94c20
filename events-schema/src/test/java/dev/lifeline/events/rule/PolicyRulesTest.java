package dev.lifeline.events.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Effect;
import dev.lifeline.events.Policy;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Verdict;
import dev.lifeline.events.Verdict.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {

    private static final Policy.Rule ALLOW = Given.rule("domain", "eq", "email", "allow");
    private static final Policy.Rule ASK = Given.rule("domain", "eq", "email", "require_approval");
    private static final Policy.Rule DENY = Given.rule("actionType", "contains", "archive", "deny");
    private static final Policy.Rule OTHER = Given.rule("domain", "eq", "calendar", "deny");

    private static List<Effect> found(Policy.Rule... rules) {
        return PolicyRules.findings(List.of(Given.policy(rules)), Given.action(), TrustTier.SUGGEST).stream()
                .map(Finding::effect)
                .toList();
    }

    @Test
    void every_rule_that_applies_is_found() {
        assertThat(found(ASK, OTHER, DENY)).containsExactly(Effect.REQUIRE_APPROVAL, Effect.DENY);
    }

    /** All findings travel in one event. */
    @Test
    void of_many_that_apply_the_first_are_told_and_the_strictest_among_them() {
        List<Policy.Rule> rules = new ArrayList<>(Collections.nCopies(99, ASK));
        assertThat(found(rules.toArray(Policy.Rule[]::new)))
                .hasSize(PolicyRules.MOST_FINDINGS)
                .containsOnly(Effect.REQUIRE_APPROVAL);
        rules.add(DENY);
        assertThat(found(rules.toArray(Policy.Rule[]::new)))
                .hasSize(PolicyRules.MOST_FINDINGS)
                .endsWith(Effect.DENY);
    }

    @Test
    void an_allow_makes_an_exception_from_what_stands_behind_it() {
        assertThat(found(ALLOW, DENY)).isEmpty();
        assertThat(found(DENY, ALLOW)).containsExactly(Effect.DENY);
    }

    @Test
    void an_allow_applies_although_it_stands_against_nothing() {
        assertThat(PolicyRules.apply(List.of(Given.policy(OTHER, ALLOW, DENY)), Given.action(), null))
                .extracting(PolicyRules.Applied::rule)
                .containsExactly(1);
    }

    @Test
    void what_can_not_be_evaluated_wants_approval() {
        Policy.Rule trusted = Given.rule("trustTier", "gte", "suggest", "allow");
        List<Finding> findings = PolicyRules.findings(List.of(Given.policy(trusted, DENY)), Given.action(), null);

        assertThat(findings).extracting(Finding::code).containsExactly("policy_rule_not_evaluable", "policy_rule");
        assertThat(Verdict.of(findings).effect()).isEqualTo(Effect.DENY);
    }

    @Test
    void of_all_findings_the_strictest_counts() {
        assertThat(Verdict.of(List.of()).effect()).isEqualTo(Effect.ALLOW);
        assertThat(Verdict.of(List.of(finding(Effect.REQUIRE_APPROVAL), finding(Effect.REQUIRE_DUAL_APPROVAL)))
                        .effect())
                .isEqualTo(Effect.REQUIRE_DUAL_APPROVAL);
        assertThat(Verdict.of(List.of(finding(Effect.DENY), finding(Effect.REQUIRE_APPROVAL)))
                        .reason())
                .isEqualTo("deny");
    }

    private static Finding finding(Effect effect) {
        return new Finding("any", effect, effect.wireName(), null);
    }
}
