package dev.lifeline.query.domain;

import static dev.lifeline.query.domain.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Action;
import dev.lifeline.events.Effect;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Urgency;
import dev.lifeline.events.Verdict;
import dev.lifeline.events.Verdict.Finding;
import dev.lifeline.events.rule.PolicyRules;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import dev.lifeline.query.domain.Preview.Example;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PreviewTest {

    private static final UUID DRAFT = UUID.fromString("b1b1b1b1-0000-4000-8000-000000000001");
    private static final UUID STORED = UUID.fromString("b1b1b1b1-0000-4000-8000-000000000002");
    private static final Finding OWN_RULE = new Finding(PolicyRules.CHECK, Effect.DENY, "policy_rule", null);
    private static final Finding QUIET = new Finding("quiet_hours", Effect.REQUIRE_APPROVAL, "quiet_hours", null);
    private static final Finding EXTREME =
            new Finding("injection_guard", Effect.REQUIRE_DUAL_APPROVAL, "extreme_action", null);

    private static PastDecision decided(String domain, Finding... findings) {
        Action action = new Action(
                UUID.nameUUIDFromBytes(domain.getBytes(StandardCharsets.UTF_8)),
                domain + ".change",
                "Change " + domain,
                domain,
                null,
                Map.of(),
                0L,
                true,
                Provenance.USER_ORIGINATED,
                Urgency.NORMAL,
                null);
        return new PastDecision(NOW, action, Verdict.of(List.of(findings)), TrustTier.SUGGEST);
    }

    private static Policy.Rule rule(String field, String operator, String value, String effect) {
        return new Policy.Rule(field, operator, value, effect, "");
    }

    private static RulePolicy policy(UUID id, int priority, boolean enabled, Policy.Rule... rules) {
        return RuleReader.read(new Policy(id, "mine", "", priority, enabled, List.of(rules)), 0);
    }

    private static Preview of(List<PastDecision> past, Policy.Rule... rules) {
        return Preview.of(policy(DRAFT, 0, true, rules), List.of(), past);
    }

    @Nested
    class a_rule_that_denies {

        private final Policy.Rule deny = rule("domain", "eq", "email", "deny");

        @Test
        void is_stricter_than_what_was_done_by_itself() {
            Preview preview = of(List.of(decided("email"), decided("calendar")), deny);

            assertThat(preview.actions()).isEqualTo(2);
            assertThat(preview.rules()).singleElement().satisfies(rule -> {
                assertThat(rule.matched()).isEqualTo(1);
                assertThat(rule.stricter()).isEqualTo(1);
                assertThat(rule.looser()).isZero();
                assertThat(rule.examples())
                        .containsExactly(new Example(
                                NOW,
                                decided("email").action().actionId(),
                                "email.change",
                                "Change email",
                                Ruling.AUTO_EXECUTE,
                                Ruling.DENY));
            });
        }

        @Test
        void changes_nothing_where_it_was_denied_before() {
            assertThat(of(List.of(decided("email", OWN_RULE)), deny).rules().getFirst())
                    .extracting(Preview.OfRule::matched, Preview.OfRule::stricter)
                    .containsExactly(1, 0);
        }
    }

    @Test
    void what_other_checks_found_stays() {
        Preview preview =
                of(List.of(decided("email", EXTREME, OWN_RULE)), rule("domain", "eq", "email", "require_approval"));

        assertThat(preview.rules().getFirst().looser()).isEqualTo(1);
        assertThat(preview.rules().getFirst().examples().getFirst().after()).isEqualTo(Ruling.REQUIRE_APPROVAL);
    }

    @Test
    void an_allow_excepts_from_the_rules_behind_it_and_from_nothing_else() {
        Preview preview = of(
                List.of(decided("email", OWN_RULE), decided("email", QUIET, OWN_RULE)),
                rule("domain", "eq", "email", "allow"),
                rule("domain", "neq", "calendar", "deny"));

        assertThat(preview.rules().getFirst().looser()).isEqualTo(2);
        assertThat(preview.rules().getFirst().examples())
                .extracting(Example::after)
                .containsExactly(Ruling.AUTO_EXECUTE, Ruling.REQUIRE_APPROVAL);
        assertThat(preview.rules().getLast().matched()).isZero();
    }

    @Test
    void other_policies_are_tried_beside_it_in_their_order() {
        RulePolicy draft = policy(DRAFT, 0, true, rule("domain", "eq", "email", "deny"));
        Policy.Rule allow = rule("domain", "eq", "email", "allow");
        List<PastDecision> past = List.of(decided("email"));

        assertThat(matched(draft, policy(STORED, 1, true, allow), past)).isZero();
        assertThat(matched(draft, policy(STORED, 1, false, allow), past)).isEqualTo(1);
        assertThat(matched(draft, policy(STORED, -1, true, allow), past)).isEqualTo(1);
    }

    @Test
    void a_draft_stands_in_place_of_what_it_will_replace() {
        RulePolicy draft = policy(DRAFT, 0, true, rule("domain", "eq", "email", "deny"));
        RulePolicy before = policy(DRAFT, 1, true, rule("domain", "eq", "email", "allow"));

        assertThat(matched(draft, before, List.of(decided("email")))).isEqualTo(1);
    }

    @Test
    void what_would_have_changed_is_shown_first() {
        List<PastDecision> past = List.of(
                decided("email", OWN_RULE),
                decided("email", OWN_RULE),
                decided("email", OWN_RULE),
                decided("email", OWN_RULE),
                decided("email"));

        assertThat(of(past, rule("domain", "eq", "email", "deny"))
                        .rules()
                        .getFirst()
                        .examples())
                .extracting(Example::before)
                .containsExactly(Ruling.AUTO_EXECUTE, Ruling.DENY, Ruling.DENY);
    }

    private static int matched(RulePolicy draft, RulePolicy stored, List<PastDecision> past) {
        return Preview.of(draft, List.of(stored), past).rules().getFirst().matched();
    }
}
