package dev.lifeline.bench.evaluate;

import dev.lifeline.events.Action;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Condition;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.RiskTier;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Urgency;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import dev.lifeline.policy.domain.Context;
import dev.lifeline.policy.domain.Control;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** What is judged, and by which rules: rules that do not apply, so that each has to be looked at. */
final class Cases {

    /** How many actions differ; a power of two. */
    static final int ACTIONS = 64;

    private static final List<String> TYPES = List.of("email.archive", "email.reply", "calendar.move", "note.write");
    private static final int MOST_RULES = 100;

    private Cases() {}

    static List<Action> actions(Map<String, ?> parameters) {
        return IntStream.range(0, ACTIONS)
                .mapToObj(number -> action(number, parameters))
                .toList();
    }

    /** Texts of so many bytes altogether, as a letter that is to be sent has them. */
    static Map<String, ?> parameters(int bytes) {
        String sentence = "We meet on Thursday at ten in the small room, as the last time; bring the list. ";
        return Map.of(
                "messageId", "m-1", "to", "nora@example.net", "text", sentence.repeat(1 + bytes / sentence.length()));
    }

    /** A policy of so many rules: by cost, domain, type and risk in turn. */
    static List<Policy.Rule> rules(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> switch (number % 4) {
                    case 0 -> rule("estimatedCostCents", "gt", 5_000L + number);
                    case 1 -> rule("domain", "eq", "banking-" + number);
                    case 2 -> rule("actionType", "contains", "payment" + number);
                    default -> rule("riskTier", "gte", "critical");
                })
                .toList();
    }

    static List<RulePolicy> policies(int count) {
        return count == 0
                ? List.of()
                : List.of(RuleReader.read(new Policy(new UUID(0, 1), "Mine", "", 1, true, rules(count)), 1));
    }

    static Context context(int rules) {
        if (rules > MOST_RULES) {
            throw new IllegalArgumentException(rules + " rules; a policy has at most " + MOST_RULES);
        }
        return new Context(
                Instant.parse("2026-11-24T12:00:00Z"),
                Control.FREE,
                new AutonomySettings(
                        TrustTier.HIGH_AUTONOMY,
                        5_000L,
                        10_000L,
                        List.of(),
                        List.of("banking"),
                        false,
                        new AutonomySettings.QuietHours("22:00", "07:00"),
                        "Europe/Berlin"),
                TrustTier.HIGH_AUTONOMY,
                policies(rules),
                1_200,
                Condition.OK);
    }

    private static Action action(int number, Map<String, ?> parameters) {
        RiskTier risk = number % 2 == 0 ? RiskTier.LOW : RiskTier.NEGLIGIBLE;
        return new Action(
                new UUID(number, number),
                TYPES.get(number % TYPES.size()),
                "What number " + number + " is about",
                number % 3 == 0 ? "calendar" : "email",
                "gmail",
                parameters,
                (long) number,
                true,
                Provenance.TRUSTED_CONTEXT,
                Urgency.NORMAL,
                new Action.Risk(risk, new Action.Dimensions(risk, risk, risk, risk, risk, risk)));
    }

    private static Policy.Rule rule(String field, String operator, Object value) {
        return new Policy.Rule(field, operator, value, "deny", "because");
    }
}
