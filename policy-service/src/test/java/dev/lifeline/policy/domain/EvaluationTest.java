package dev.lifeline.policy.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Action;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Condition;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.RiskTier;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationTest {

    private static Verdict judge(Action action, Context context) {
        return Evaluation.evaluate(action, context);
    }

    private static void assertApproval(Verdict verdict, String code) {
        assertThat(verdict.ruling()).isEqualTo(Ruling.REQUIRE_APPROVAL);
        assertThat(verdict.confirmationLevel()).isEqualTo(ConfirmationLevel.SINGLE);
        assertThat(verdict.reason()).isEqualTo(code);
    }

    private static void assertDenial(Verdict verdict, String code) {
        assertThat(verdict.ruling()).isEqualTo(Ruling.DENY);
        assertThat(verdict.confirmationLevel()).isNull();
        assertThat(verdict.reason()).isEqualTo(code);
    }

    private static void assertFree(Verdict verdict) {
        assertThat(verdict).isEqualTo(new Verdict(Ruling.AUTO_EXECUTE, null, null, List.of()));
    }

    @Test
    void nothing_stands_against_a_harmless_action_of_a_user_who_trusts() {
        assertFree(judge(Given.action(), Given.context()));
    }

    @Nested
    class Paused {

        private final Control both = new Control(
                List.of(new Pause(PauseScope.EVERYTHING, "incident 7")),
                new Pause(PauseScope.EVERYTHING, "on holiday"),
                "not read");

        @Test
        void the_operators_reason_stands_first() {
            Verdict verdict = judge(Given.action(), Given.in(both));
            assertApproval(verdict, "paused_by_operator");
            assertThat(verdict.findings().stream().map(Verdict.Finding::code))
                    .containsExactly("paused_by_operator", "paused_by_user", "control_state_unknown");
        }

        @Test
        void the_users_reason_is_told_in_the_users_words() {
            Control user = new Control(List.of(), new Pause(PauseScope.EVERYTHING, "on holiday"), null);
            Verdict verdict = judge(Given.action(), Given.in(user));
            assertApproval(verdict, "paused_by_user");
            assertThat(verdict.findings().getFirst().detail()).isEqualTo("on holiday");
        }

        @Test
        void what_is_not_known_counts_as_paused() {
            assertApproval(
                    judge(Given.action(), Given.in(new Control(List.of(), null, "not read"))), "control_state_unknown");
        }

        @ParameterizedTest
        @CsvSource({
            "DOMAIN, email, true",
            "DOMAIN, Email, true",
            "DOMAIN, calendar, false",
            "CONNECTOR, gmail, true",
            "CONNECTOR, slack, false",
            "ACTION_TYPE, email.archive, true",
            "ACTION_TYPE, email, false"
        })
        void the_operator_may_pause_a_part(PauseScope.Kind kind, String value, boolean concerned) {
            Control control = new Control(List.of(Given.operatorPause(kind, value)), null, null);
            assertThat(judge(Given.action(), Given.in(control)).ruling())
                    .isEqualTo(concerned ? Ruling.REQUIRE_APPROVAL : Ruling.AUTO_EXECUTE);
        }

        @Test
        void what_is_denied_stays_denied() {
            Context paused = new Context(Given.NOON, both, Given.settings(), null, List.of(), 0, Condition.OK);
            assertDenial(judge(Given.action(), paused), "trust_tier_unknown");
        }
    }

    @Nested
    class Trust {

        @ParameterizedTest
        @EnumSource(names = {"OBSERVER", "SUGGEST"})
        void who_does_not_trust_is_asked(TrustTier tier) {
            assertApproval(judge(Given.action(), Given.trusting(tier)), "trust_tier");
        }

        @ParameterizedTest
        @CsvSource({
            "LOW_AUTONOMY, LOW, true", "LOW_AUTONOMY, MODERATE, false", "MODERATE_AUTONOMY, MODERATE, true",
            "MODERATE_AUTONOMY, HIGH, false", "HIGH_AUTONOMY, HIGH, true", "HIGH_AUTONOMY, CRITICAL, false"
        })
        void each_tier_has_its_risk(TrustTier tier, RiskTier risk, boolean free) {
            Verdict verdict = judge(Given.risking(Given.risk(risk, RiskTier.LOW)), Given.trusting(tier));
            if (free) {
                assertFree(verdict);
            } else {
                assertApproval(verdict, "risk_above_tier");
            }
        }

        @Test
        void what_is_low_altogether_is_as_risky_as_in_its_worst_respect() {
            RiskTier low = RiskTier.LOW;
            List<Action.Dimensions> oneIsHigh = List.of(
                    new Action.Dimensions(RiskTier.HIGH, low, low, low, low, low),
                    new Action.Dimensions(low, RiskTier.HIGH, low, low, low, low),
                    new Action.Dimensions(low, low, low, low, RiskTier.HIGH, low),
                    new Action.Dimensions(low, low, low, low, low, RiskTier.HIGH));
            for (Action.Dimensions dimensions : oneIsHigh) {
                Action action = Given.risking(new Action.Risk(low, dimensions));
                assertApproval(judge(action, Given.trusting(TrustTier.LOW_AUTONOMY)), "risk_above_tier");
                assertApproval(judge(action, Given.trusting(TrustTier.MODERATE_AUTONOMY)), "risk_above_tier");
                assertFree(judge(action, Given.trusting(TrustTier.HIGH_AUTONOMY)));
            }
        }

        @Test
        void a_risk_that_nobody_assessed_is_asked_about() {
            assertApproval(judge(Given.risking(null), Given.context()), "risk_unknown");
        }

        @Test
        void a_tier_that_is_not_known_denies() {
            assertDenial(judge(Given.action(), Given.trusting(null)), "trust_tier_unknown");
        }
    }

    @Nested
    class Settings {

        private AutonomySettings settings(
                @Nullable Long each, @Nullable Long daily, List<String> allowed, List<String> blocked, boolean ask) {
            return new AutonomySettings(TrustTier.HIGH_AUTONOMY, each, daily, allowed, blocked, ask, null, "UTC");
        }

        @Test
        void a_blocked_domain_is_denied_even_when_it_is_allowed() {
            assertDenial(
                    judge(Given.action(), Given.under(settings(null, null, List.of("email"), List.of("Email"), false))),
                    "domain_blocked");
        }

        @Test
        void what_is_not_on_the_list_is_denied() {
            assertDenial(
                    judge(Given.action(), Given.under(settings(null, null, List.of("calendar"), List.of(), false))),
                    "domain_not_allowed");
        }

        @ParameterizedTest
        @CsvSource({
            "5000, 0, ",
            "5001, 0, spend_above_action_limit",
            "5000, 5000, ",
            "5000, 5001, spend_above_daily_limit"
        })
        void spending_has_its_limits(long cost, long spent, @Nullable String code) {
            Verdict verdict = judge(Given.costing(cost), Given.spent(spent));
            if (code == null) {
                assertFree(verdict);
            } else {
                assertDenial(verdict, code);
            }
        }

        @Test
        void an_unknown_cost_is_asked_about() {
            assertApproval(judge(Given.costing(null), Given.context()), "cost_unknown");
        }

        @Test
        void nothing_is_spent_without_a_limit() {
            assertDenial(
                    judge(Given.costing(1L), Given.under(settings(null, null, List.of(), List.of(), false))),
                    "spend_without_limit");
        }

        @Test
        void nor_with_one_of_the_two_limits() {
            assertDenial(
                    judge(Given.costing(1L), Given.under(settings(100L, null, List.of(), List.of(), false))),
                    "spend_without_limit");
            assertDenial(
                    judge(Given.costing(1L), Given.under(settings(null, 100L, List.of(), List.of(), false))),
                    "spend_without_limit");
        }

        @Test
        void sums_that_overflow_are_above_every_limit() {
            assertDenial(judge(Given.costing(5_000L), Given.spent(Long.MAX_VALUE)), "spend_above_daily_limit");
        }

        @Test
        void what_can_not_be_undone_is_asked_about_when_the_user_wants_so() {
            assertApproval(
                    judge(
                            Given.irreversible(Provenance.USER_ORIGINATED),
                            Given.under(settings(null, null, List.of(), List.of(), true))),
                    "irreversible");
        }
    }

    @Nested
    class BuiltIn {

        @ParameterizedTest
        @MethodSource("moderate")
        void what_can_not_be_undone_at_more_than_low_risk_is_asked_about(Action.Risk risk) {
            Action a = Given.irreversible(Provenance.USER_ORIGINATED);
            Action risky = new Action(
                    a.actionId(),
                    a.actionType(),
                    a.description(),
                    a.domain(),
                    a.connector(),
                    a.parameters(),
                    a.estimatedCostCents(),
                    false,
                    a.provenance(),
                    a.urgency(),
                    risk);
            assertApproval(judge(risky, Given.context()), "irreversible_at_risk");
        }

        private static List<Action.Risk> moderate() {
            RiskTier low = RiskTier.LOW;
            return List.of(
                    Given.risk(RiskTier.MODERATE, low),
                    new Action.Risk(low, new Action.Dimensions(low, RiskTier.MODERATE, low, low, low, low)));
        }

        @ParameterizedTest
        @CsvSource({"LOW, ", "MODERATE, privacy_sensitivity", "HIGH, legal_sensitivity"})
        void what_is_sensitive_is_denied(RiskTier each, @Nullable String code) {
            Verdict verdict = judge(Given.risking(Given.risk(RiskTier.LOW, each)), Given.context());
            if (code == null) {
                assertFree(verdict);
            } else {
                assertDenial(verdict, code);
            }
        }

        @Test
        void an_allow_of_the_users_makes_no_exception_from_it() {
            Context allowing = Given.having(Given.rule("domain", "eq", "email", "allow"));
            assertDenial(judge(Given.risking(Given.risk(RiskTier.LOW, RiskTier.HIGH)), allowing), "legal_sensitivity");
        }
    }

    @Nested
    class Rules {

        private final Policy.Rule allow = Given.rule("actionType", "eq", "email.archive", "allow");
        private final Policy.Rule ask = Given.rule("domain", "eq", "email", "require_approval");
        private final Policy.Rule deny = Given.rule("domain", "in", List.of("email", "x"), "deny");

        @Test
        void a_rule_denies_and_says_which_it_is() {
            Verdict verdict = judge(Given.action(), Given.having(deny));
            assertDenial(verdict, "policy_rule");
            assertThat(verdict.findings().getFirst().detail())
                    .isEqualTo("\u201cMine\u201d (policy " + Given.POLICY + "), rule 0: because");
        }

        @Test
        void an_allow_makes_an_exception_from_what_is_behind_it_and_not_from_what_is_before() {
            assertFree(judge(Given.action(), Given.having(allow, deny)));
            assertDenial(judge(Given.action(), Given.having(deny, allow)), "policy_rule");
        }

        @Test
        void asking_does_not_hide_a_denial_behind_it() {
            assertDenial(judge(Given.action(), Given.having(ask, deny)), "policy_rule");
        }

        @Test
        void a_rule_about_what_the_action_does_not_say_is_asked_about() {
            Context context = Given.having(Given.rule("estimatedCostCents", "lt", 100, "allow"));
            Verdict verdict = judge(Given.costing(null), context);
            assertThat(verdict.findings().stream().map(Verdict.Finding::code))
                    .containsExactly("cost_unknown", "policy_rule_not_evaluable");
        }
    }

    @Nested
    class Guarded {

        @Test
        void what_strangers_want_and_nobody_can_undo_is_asked_about() {
            assertApproval(
                    judge(Given.irreversible(Provenance.UNTRUSTED_EXTERNAL), Given.context()),
                    "untrusted_irreversible");
            assertApproval(judge(Given.irreversible(null), Given.context()), "untrusted_irreversible");
            assertFree(judge(Given.irreversible(Provenance.TRUSTED_CONTEXT), Given.context()));
        }
    }

    @Nested
    class Connectors {

        @ParameterizedTest
        @EnumSource(Condition.class)
        void what_needs_a_connector_waits_until_it_works(Condition condition) {
            Verdict verdict = judge(Given.action(), Given.connector(condition));
            if (condition == Condition.OK || condition == Condition.RETRYING) {
                assertFree(verdict);
            } else {
                assertApproval(verdict, "connector_not_working");
            }
        }

        @Test
        void there_must_be_one() {
            assertApproval(judge(Given.action(), Given.connector(null)), "connector_not_working");
        }

        /** Screens say by it what is to be done. */
        @Test
        void its_detail_tells_one_that_is_not_connected_from_one_in_trouble() {
            assertThat(judge(Given.action(), Given.connector(null)).findings())
                    .extracting(Verdict.Finding::detail)
                    .containsExactly("gmail: not connected");
            assertThat(judge(Given.action(), Given.connector(Condition.NEEDS_REAUTH))
                            .findings())
                    .extracting(Verdict.Finding::detail)
                    .containsExactly("gmail: needs_reauth");
        }
    }
}
