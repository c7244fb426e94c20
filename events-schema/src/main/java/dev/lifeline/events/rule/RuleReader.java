package dev.lifeline.events.rule;

import dev.lifeline.events.Effect;
import dev.lifeline.events.Policy;
import dev.lifeline.events.rule.Field.Type;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads policies as users write them, and refuses what can not be meant, with the field and the remedy. */
public final class RuleReader {

    /** How many rules a policy may have. */
    public static final int MOST_RULES = 100;

    /** How many values a rule may list. */
    public static final int MOST_VALUES = 100;

    /** How many characters all texts of a policy may have together: it is read with each action, and travels in one event. */
    public static final int MOST_TEXT = 32_768;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 500;
    private static final Map<String, Effect> EFFECTS = new TreeMap<>(
            Map.of("allow", Effect.ALLOW, "deny", Effect.DENY, "require_approval", Effect.REQUIRE_APPROVAL));

    private RuleReader() {}

    /**
     * The policy, ready to be tried.
     *
     * @throws MalformedException when it can not be meant so
     */
    public static RulePolicy read(Policy policy, long version) {
        demand(!policy.name().isBlank(), "name is empty; give the rules a name");
        atMost(LONGEST_NAME, policy.name(), "name");
        atMost(LONGEST_TEXT, policy.description(), "description");
        List<Policy.Rule> rules = policy.rules();
        demand(
                rules.size() <= MOST_RULES,
                "rules are " + rules.size() + "; a policy may have at most " + MOST_RULES + ", so divide it");
        long text = policy.name().length()
                + policy.description().length()
                + rules.stream().mapToLong(RuleReader::length).sum();
        demand(
                text <= MOST_TEXT,
                "rules have " + text + " characters of text; a policy may have at most " + MOST_TEXT
                        + " altogether, so divide it");
        return new RulePolicy(
                policy.policyId(),
                policy.name(),
                version,
                policy.priority(),
                policy.enabled(),
                IntStream.range(0, rules.size())
                        .mapToObj(number -> read(number, rules.get(number)))
                        .toList());
    }

    private static long length(Policy.Rule rule) {
        Stream<?> values = rule.value() instanceof Collection<?> list ? list.stream() : Stream.of(rule.value());
        return rule.reason().length()
                + values.mapToLong(value -> value instanceof String text ? text.length() : 0)
                        .sum();
    }

    private static UsableRule read(int number, Policy.Rule rule) {
        String at = "rules[" + number + "].";
        Field field = Field.ofWireName(rule.field())
                .orElseThrow(() -> unknown(
                        at + "field",
                        rule.field(),
                        Arrays.stream(Field.values()).map(Field::wireName)));
        Operator operator = Operator.ofWireName(rule.operator())
                .orElseThrow(() -> unknown(
                        at + "operator",
                        rule.operator(),
                        Arrays.stream(Operator.values()).map(Operator::wireName)));
        Set<Operator> fitting = fitting(field.type());
        demand(
                fitting.contains(operator),
                at + "operator '" + rule.operator() + "' does not go with " + field.wireName() + "; it may be one of "
                        + fitting.stream().map(Operator::wireName).collect(Collectors.joining(", ")));
        Effect effect = Optional.ofNullable(EFFECTS.get(rule.effect()))
                .orElseThrow(() -> unknown(at + "effect", rule.effect(), EFFECTS.keySet().stream()));
        atMost(LONGEST_TEXT, rule.reason(), at + "reason");
        return new UsableRule(
                number, field, operator, values(at + "value", field, operator, rule.value()), effect, rule.reason());
    }

    private static Set<Object> values(String at, Field field, Operator operator, Object value) {
        if (!operator.takesList()) {
            return Set.of(value(at, field, value));
        }
        if (!(value instanceof Collection<?> list) || list.isEmpty() || list.size() > MOST_VALUES) {
            throw new MalformedException(
                    at + " must be a list of 1 to " + MOST_VALUES + " values, because of " + operator.wireName());
        }
        Set<Object> values = new LinkedHashSet<>();
        int place = 0;
        for (Object each : list) {
            values.add(value(at + "[" + place++ + "]", field, each));
        }
        return values;
    }

    private static Object value(String at, Field field, Object value) {
        Type type = field.type();
        if (type == Type.BOOLEAN && value instanceof Boolean || type == Type.NUMBER && value instanceof Long) {
            return value;
        } else if (type == Type.NUMBER && value instanceof Integer whole) {
            return (long) whole;
        } else if ((type == Type.TEXT || type == Type.RANK) && value instanceof String text) {
            return text(at, field, text);
        }
        demand(
                type != Type.NUMBER || !(value instanceof BigInteger),
                at + " is out of range; it must be from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
        throw new MalformedException(at + " is not of the type of " + field.wireName() + "; it must be " + kind(field));
    }

    private static Object text(String at, Field field, String text) {
        atMost(LONGEST_TEXT, text, at);
        demand(!text.isEmpty(), at + " is empty; it must be " + kind(field));
        if (field.words().isEmpty()) {
            return UsableRule.comparable(text);
        }
        int rank = field.words().indexOf(text);
        if (rank < 0) {
            throw unknown(at, text, field.words().stream());
        }
        return field.type() == Type.RANK ? Long.valueOf(rank) : text;
    }

    private static Set<Operator> fitting(Type type) {
        return switch (type) {
            case BOOLEAN -> Operator.EQUALITY;
            case TEXT -> Operator.TEXTS;
            case NUMBER, RANK -> Operator.ORDERED;
        };
    }

    private static String kind(Field field) {
        return switch (field.type()) {
            case BOOLEAN -> "true or false";
            case NUMBER -> "a whole number";
            case TEXT, RANK -> field.words().isEmpty() ? "a text" : "one of " + String.join(", ", field.words());
        };
    }

    private static MalformedException unknown(String at, String value, Stream<String> known) {
        String shown = value.length() > 40 ? value.substring(0, 40) + "..." : value;
        return new MalformedException(
                at + " '" + shown + "' is not known; it may be one of " + known.collect(Collectors.joining(", ")));
    }

    private static void atMost(int limit, String text, String at) {
        demand(text.length() <= limit, at + " has " + text.length() + " characters; at most " + limit + " are taken");
    }

    private static void demand(boolean met, String otherwise) {
        if (!met) {
            throw new MalformedException(otherwise);
        }
    }
}
