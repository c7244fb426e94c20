package dev.lifeline.events.rule;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a field is compared to a rule's value. */
enum Operator {
    EQ,
    NEQ,
    GT,
    GTE,
    LT,
    LTE,
    IN,
    NOT_IN,
    CONTAINS;

    static final Set<Operator> EQUALITY = EnumSet.of(EQ, NEQ);
    static final Set<Operator> TEXTS = EnumSet.of(EQ, NEQ, IN, NOT_IN, CONTAINS);
    static final Set<Operator> ORDERED = EnumSet.of(EQ, NEQ, GT, GTE, LT, LTE, IN, NOT_IN);

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Operator> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(operator -> operator.wireName().equals(name))
                .findFirst();
    }

    boolean takesList() {
        return this == IN || this == NOT_IN;
    }
}
