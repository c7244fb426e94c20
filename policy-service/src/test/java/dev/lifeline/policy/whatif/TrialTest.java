package dev.lifeline.policy.whatif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Action;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.Circumstances;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import dev.lifeline.policy.domain.Context;
import dev.lifeline.policy.domain.Evaluation;
import dev.lifeline.policy.domain.Given;
import dev.lifeline.policy.whatif.Outcome.Decided;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final UUID USER = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final Decided DONE = new Decided(Ruling.AUTO_EXECUTE, null, null);
    private static final Decided DENIED = new Decided(Ruling.DENY, null, "policy_rule");
    private static final Policy STORED = new Policy(
            Given.POLICY, "Mine", "", 1, true, List.of(Given.rule("domain", "eq", "email", "require_approval")));
    private static final String NO_MAIL = """
            {"name": "No mail", "priority": 5, "enabled": true,
             "rules": [{"field": "domain", "operator": "eq", "value": "email", "effect": "deny", "reason": "secret words"}]}
            """;

    private long offset;

    private static Trial trial(String json) {
        return new Trial(USER, Proposed.read(json.getBytes(UTF_8)));
    }

    /** The event of judging that action by these policies, each in its first writing. */
    private static ActionDecided decided(Action action, Policy... policies) {
        List<RulePolicy> read =
                Arrays.stream(policies).map(each -> RuleReader.read(each, 1)).toList();
        Context c = Given.context();
        return decided(
                new Context(
                        c.now(), c.control(), c.settings(), c.trustTier(), read, c.spentTodayCents(), c.connector()),
                action);
    }

    private static ActionDecided decided(Context context, Action action) {
        return new ActionDecided(
                USER,
                new UUID(0, 7),
                action,
                "hash",
                Evaluation.evaluate(action, context),
                context.circumstances(),
                1,
                Given.NOON,
                1);
    }

    private Outcome take(Trial trial, ActionDecided... events) {
        for (ActionDecided event : events) {
            trial.take(new SourcePosition("lifeline.action.events", 1, offset), Instant.ofEpochSecond(offset++), event);
        }
        return trial.outcome(offset, 0, 0);
    }

    @Test
    void tells_from_what_to_what_and_where() {
        Outcome outcome = take(trial(NO_MAIL), decided(Given.action()), decided(Given.costing(900_000L)));
        assertThat(outcome.decisions()).isEqualTo(2);
        assertThat(outcome.stricter()).isEqualTo(1);
        assertThat(outcome.looser()).isZero();
        assertThat(outcome.changes()).singleElement().satisfies(change -> {
            assertThat(change.from()).isEqualTo(DONE);
            assertThat(change.to()).isEqualTo(DENIED);
            assertThat(change.examples()).singleElement().satisfies(example -> {
                assertThat(example.at()).isEqualTo(new SourcePosition("lifeline.action.events", 1, 0));
                assertThat(example.rules()).containsExactly(new Outcome.Rule(new UUID(0, 0), 0));
            });
        });
        assertThat(outcome.toString() + Report.of(outcome, "f")).doesNotContain("secret words");
    }

    @Test
    void keeps_what_the_other_policies_said_then() {
        Trial trial = trial(NO_MAIL.replace("deny", "allow"));
        trial.written(new PolicyChanged(USER, new UUID(0, 1), STORED, 1, 1));
        // an allow of a higher priority makes an exception from what was asked for then
        Outcome outcome = take(trial, decided(Given.action(), STORED));
        assertThat(outcome.looser()).isEqualTo(1);
        assertThat(outcome.changes())
                .singleElement()
                .extracting(Outcome.Change::from, Outcome.Change::to)
                .containsExactly(new Decided(Ruling.REQUIRE_APPROVAL, ConfirmationLevel.SINGLE, "policy_rule"), DONE);
    }

    @Test
    void says_which_writing_of_a_policy_is_not_in_the_log() {
        Outcome outcome = take(trial(NO_MAIL), decided(Given.action(), STORED), decided(Given.action()));
        assertThat(outcome.judged()).isEqualTo(1);
        assertThat(outcome.lacking()).isEqualTo(Map.of("policy " + Given.POLICY + " version 1", 1L));
        Outcome all = take(trial("[" + NO_MAIL + "]"), decided(Given.action(), STORED));
        assertThat(all.lacking()).isEmpty();
        assertThat(all.changed()).isEqualTo(1);
    }

    @Test
    void says_by_which_version_of_the_checks_they_were_judged() {
        ActionDecided e = decided(Given.action());
        Circumstances c = e.circumstances();
        ActionDecided older = new ActionDecided(
                USER,
                e.decisionId(),
                e.action(),
                e.actionHash(),
                e.verdict(),
                new Circumstances(
                        c.at(),
                        c.settings(),
                        c.policies(),
                        c.pauses(),
                        c.controlUnknown(),
                        c.connectorCondition(),
                        c.spentTodayCents(),
                        "0"),
                1,
                Given.NOON,
                1);
        Outcome outcome = take(trial("[]"), e, older);
        assertThat(outcome.judgedBy()).isEqualTo(Map.of("0", 1L, Evaluation.RULES_VERSION, 1L));
        assertThat(Report.of(outcome, "none.json"))
                .contains(
                        "1 were judged by checks of version 0; those of version " + Evaluation.RULES_VERSION
                                + " judged them again, so that not every" + " change need be the policies'.",
                        "By none.json none would be judged otherwise.");
    }

    @Test
    void is_told_in_words() {
        Trial trial = trial(NO_MAIL);
        Outcome outcome = take(trial, decided(Given.action()), decided(Given.action(), STORED));
        assertThat(Report.of(outcome, "no-mail.json"))
                .containsExactly(
                        "2 verdicts about actions of " + USER + " in 2 records; 1 can be judged again.",
                        "1 can not be judged again: policy " + Given.POLICY
                                + " version 1 is not in the log, or not understood.",
                        "",
                        "By no-mail.json 1 would be judged otherwise, 1 more strictly, 0 less:",
                        "",
                        "     1  auto_execute -> deny (policy_rule)",
                        "        lifeline.action.events-1@0  1970-01-01T00:00:00Z  email.archive in email, decision "
                                + new UUID(0, 7) + "; rule 0 of policy " + new UUID(0, 0));
    }

    @Test
    void another_reason_is_another_verdict_and_no_stricter_one() {
        Context asking = Given.trusting(TrustTier.SUGGEST);
        Outcome outcome =
                take(trial(NO_MAIL.replace("\"deny\"", "\"require_approval\"")), decided(asking, Given.action()));
        assertThat(outcome.changed()).isEqualTo(1);
        assertThat(outcome.stricter() + outcome.looser()).isZero();
    }
}
