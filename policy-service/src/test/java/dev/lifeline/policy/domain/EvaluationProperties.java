package dev.lifeline.policy.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Action;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Condition;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Effect;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.RiskTier;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Urgency;
import dev.lifeline.events.Verdict;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds for all actions in all contexts. */
class EvaluationProperties {

    private static final List<String> WORDS =
            List.of("email", "calendar", "gmail", "email.archive", "delete", "rm -rf /", "*", "", "drop table x");
    private static final List<Check> STRICTER = List.of(
            (action, context) -> Check.nothing(),
            (action, context) -> Check.approval("any", "any", null),
            (action, context) -> List.of(new Verdict.Finding("any", Effect.REQUIRE_DUAL_APPROVAL, "any", null)),
            (action, context) -> Check.denial("any", "any", null));

    @Property
    void a_pause_never_loosens_and_never_denies(
            @ForAll("actions") Action action, @ForAll("contexts") Context context, @ForAll("pauses") Control pause) {
        Verdict before = Evaluation.evaluate(action, context);
        Verdict after = Evaluation.evaluate(action, with(context, both(context.control(), pause)));
        assertThat(rank(after)).isGreaterThanOrEqualTo(rank(before));
        assertThat(after.ruling() == Ruling.DENY).isEqualTo(before.ruling() == Ruling.DENY);
    }

    @Property
    void one_more_check_never_loosens(@ForAll("actions") Action action, @ForAll("contexts") Context context) {
        for (Check more : STRICTER) {
            List<Check> checks = new ArrayList<>(Evaluation.CHECKS);
            checks.add(more);
            assertThat(rank(Evaluation.evaluate(checks, action, context)))
                    .isGreaterThanOrEqualTo(rank(Evaluation.evaluate(action, context)));
        }
    }

    @Property
    void one_more_rule_that_does_not_allow_never_loosens(
            @ForAll("actions") Action action,
            @ForAll("contexts") Context context,
            @ForAll("rules") Policy.Rule rule,
            @ForAll int place) {
        RulePolicy more = policy(
                1,
                List.of(new Policy.Rule(
                        rule.field(),
                        rule.operator(),
                        rule.value(),
                        rule.effect().equals("allow") ? "deny" : rule.effect(),
                        "")));
        List<RulePolicy> policies = new ArrayList<>(context.policies());
        policies.add(Math.floorMod(place, policies.size() + 1), more);
        assertThat(rank(Evaluation.evaluate(action, with(context, policies))))
                .isGreaterThanOrEqualTo(rank(Evaluation.evaluate(action, context)));
    }

    @Property
    void the_order_of_the_checks_does_not_matter_for_what_is_decided(
            @ForAll("actions") Action action, @ForAll("contexts") Context context, @ForAll long seed) {
        List<Check> checks = new ArrayList<>(Evaluation.CHECKS);
        Collections.shuffle(checks, new Random(seed));
        Verdict shuffled = Evaluation.evaluate(checks, action, context);
        Verdict verdict = Evaluation.evaluate(action, context);
        assertThat(rank(shuffled)).isEqualTo(rank(verdict));
        assertThat(shuffled.findings()).containsExactlyInAnyOrderElementsOf(verdict.findings());
    }

    @Property
    void the_reason_is_that_of_a_finding_and_there_is_none_where_nothing_was_found(
            @ForAll("actions") Action action, @ForAll("contexts") Context context) {
        Verdict verdict = Evaluation.evaluate(action, context);
        assertThat(verdict.ruling() == Ruling.AUTO_EXECUTE)
                .isEqualTo(verdict.findings().isEmpty());
        if (verdict.reason() != null) {
            assertThat(verdict.findings().stream().map(Verdict.Finding::code)).contains(verdict.reason());
        }
    }

    @Property
    void what_is_published_of_a_verdict_is_enough_to_judge_again(
            @ForAll("actions") Action action, @ForAll("contexts") Context context) {
        Verdict then = Evaluation.evaluate(action, context);
        ActionDecided past = new ActionDecided(
                new UUID(0, 1), new UUID(0, 2), action, "hash", then, context.circumstances(), 1, context.now(), 1);
        Verdict again = Evaluation.evaluate(action, Context.again(past, context.policies()));
        assertThat(again.effect()).isEqualTo(then.effect());
        assertThat(again.reason()).isEqualTo(then.reason());
        assertThat(again.findings().stream().map(Verdict.Finding::code))
                .containsExactlyElementsOf(
                        then.findings().stream().map(Verdict.Finding::code).toList());
    }

    @Property
    void nothing_is_too_deep_for_it(@ForAll("contexts") Context context) {
        Map<String, Object> nested = new HashMap<>(Map.of("last", "rm -rf /"));
        for (int depth = 0; depth < 10_000; depth++) {
            nested = new HashMap<>(Map.of("deeper", nested));
        }
        assertThat(rank(Evaluation.evaluate(Given.with(nested), context))).isGreaterThanOrEqualTo(2);
    }

    private static int rank(Verdict verdict) {
        return switch (verdict.ruling()) {
            case AUTO_EXECUTE -> 0;
            case REQUIRE_APPROVAL -> verdict.confirmationLevel() == ConfirmationLevel.SINGLE ? 1 : 2;
            case DENY -> 3;
        };
    }

    private static Control both(Control one, Control other) {
        List<Pause> operator = new ArrayList<>(one.operator());
        operator.addAll(other.operator());
        return new Control(
                operator,
                one.user() == null ? other.user() : one.user(),
                one.unknown() == null ? other.unknown() : one.unknown());
    }

    private static Context with(Context c, Control control) {
        return new Context(
                c.now(), control, c.settings(), c.trustTier(), c.policies(), c.spentTodayCents(), c.connector());
    }

    private static Context with(Context c, List<RulePolicy> policies) {
        return new Context(
                c.now(), c.control(), c.settings(), c.trustTier(), policies, c.spentTodayCents(), c.connector());
    }

    private static RulePolicy policy(int priority, List<Policy.Rule> rules) {
        return RuleReader.read(new Policy(Given.POLICY, "Mine", "", priority, true, rules), 1);
    }

    @Provide
    Arbitrary<Action> actions() {
        Arbitrary<String> words =
                Arbitraries.oneOf(Arbitraries.of(WORDS), Arbitraries.strings().ofMaxLength(20));
        Arbitrary<Object> plain = Arbitraries.oneOf(
                words.asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        Arbitrary<Object> values =
                Arbitraries.oneOf(plain, plain.list().ofMaxSize(3).asGeneric());
        Arbitrary<Map<String, Object>> parameters =
                Arbitraries.maps(words, values).ofMaxSize(3);
        Arbitrary<RiskTier> tiers = Arbitraries.of(RiskTier.class);
        Arbitrary<Action.Risk> risks = Combinators.combine(tiers, tiers).as(Given::risk);
        return Combinators.combine(
                        words,
                        words,
                        words.injectNull(0.3),
                        parameters,
                        Arbitraries.longs().injectNull(0.2),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Provenance.class).injectNull(0.2),
                        risks.injectNull(0.2))
                .as((type, domain, connector, parameter, cost, reversible, provenance, risk) -> new Action(
                        new UUID(1, 1),
                        type,
                        "",
                        domain,
                        connector,
                        parameter,
                        cost,
                        reversible,
                        provenance,
                        Urgency.NORMAL,
                        risk));
    }

    @Provide
    Arbitrary<Context> contexts() {
        Arbitrary<List<RulePolicy>> policies = rules().list()
                .ofMaxSize(4)
                .map(rules -> policy(1, rules))
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond),
                        pauses(),
                        settings(),
                        Arbitraries.of(TrustTier.class).injectNull(0.1),
                        policies,
                        Arbitraries.longs(),
                        Arbitraries.of(Condition.class).injectNull(0.1))
                .as(Context::new);
    }

    @Provide
    Arbitrary<Control> pauses() {
        Arbitrary<Pause> operator = Combinators.combine(
                        Arbitraries.of(PauseScope.Kind.class), Arbitraries.of("email", "gmail", "email.archive"))
                .as((kind, value) -> new Pause(new PauseScope(kind, value), null));
        return Combinators.combine(
                        operator.list().ofMaxSize(2),
                        Arbitraries.of(new Pause(PauseScope.EVERYTHING, null)).injectNull(0.7),
                        Arbitraries.of("not read").injectNull(0.7))
                .as(Control::new);
    }

    @Provide
    Arbitrary<Policy.Rule> rules() {
        Arbitrary<Policy.Rule> texts = Combinators.combine(
                        Arbitraries.of("domain", "actionType", "connector", "description"),
                        Arbitraries.of("eq", "neq", "contains"),
                        Arbitraries.of("email", "calendar", "delete"),
                        effects())
                .as(EvaluationProperties::rule);
        Arbitrary<Policy.Rule> numbers = Combinators.combine(
                        Arbitraries.of("estimatedCostCents"),
                        Arbitraries.of("eq", "gt", "gte", "lt", "lte"),
                        Arbitraries.longs(),
                        effects())
                .as(EvaluationProperties::rule);
        Arbitrary<Policy.Rule> ranks = Combinators.combine(
                        Arbitraries.of("riskTier", "legal_sensitivity"),
                        Arbitraries.of("eq", "gt", "lte"),
                        Arbitraries.of("low", "high"),
                        effects())
                .as(EvaluationProperties::rule);
        return Arbitraries.oneOf(texts, numbers, ranks);
    }

    private static Arbitrary<String> effects() {
        return Arbitraries.of("allow", "deny", "require_approval");
    }

    private static Policy.Rule rule(String field, String operator, Object value, String effect) {
        return new Policy.Rule(field, operator, value, effect, "");
    }

    private static Arbitrary<AutonomySettings> settings() {
        Arbitrary<@Nullable Long> limits = Arbitraries.longs().injectNull(0.3);
        Arbitrary<List<String>> domains =
                Arbitraries.of("email", "calendar").list().ofMaxSize(2);
        return Combinators.combine(
                        limits,
                        limits,
                        domains,
                        domains,
                        Arbitraries.of(true, false),
                        Arbitraries.of(
                                        new AutonomySettings.QuietHours("22:00", "07:00"),
                                        new AutonomySettings.QuietHours("x", "y"))
                                .injectNull(0.5),
                        Arbitraries.of("UTC", "Europe/Berlin", "Nowhere"))
                .as((each, daily, allowed, blocked, ask, quiet, zone) ->
                        new AutonomySettings(TrustTier.OBSERVER, each, daily, allowed, blocked, ask, quiet, zone));
    }
}
