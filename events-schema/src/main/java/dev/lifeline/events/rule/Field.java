package dev.lifeline.events.rule;

import dev.lifeline.events.Action;
import dev.lifeline.events.Action.Dimensions;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.RiskTier;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Urgency;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a rule can look at. Ranks are read as numbers, so that tiers compare by how high they are. */
enum Field {
    ACTION_TYPE("actionType", Action::actionType),
    DESCRIPTION("description", Action::description),
    DOMAIN("domain", Action::domain),
    CONNECTOR("connector", Action::connector),
    PROVENANCE(
            "provenance",
            words(Provenance.values()),
            action -> action.provenance() == null
                    ? Provenance.UNTRUSTED_EXTERNAL.wireName()
                    : action.provenance().wireName()),
    URGENCY("urgency", words(Urgency.values()), action -> action.urgency().wireName()),
    REVERSIBLE("reversible", Type.BOOLEAN, List.of(), (action, tier) -> action.reversible()),
    COST("estimatedCostCents", Type.NUMBER, List.of(), (action, tier) -> action.estimatedCostCents()),
    TRUST_TIER("trustTier", Type.RANK, words(TrustTier.values()), (action, tier) -> rank(tier)),
    RISK_TIER("riskTier", risk(Action.Risk::overall)),
    REVERSIBILITY("reversibility", dimension(Dimensions::reversibility)),
    FINANCIAL_IMPACT("financial_impact", dimension(Dimensions::financialImpact)),
    LEGAL_SENSITIVITY("legal_sensitivity", dimension(Dimensions::legalSensitivity)),
    PRIVACY_SENSITIVITY("privacy_sensitivity", dimension(Dimensions::privacySensitivity)),
    RELATIONSHIP_SENSITIVITY("relationship_sensitivity", dimension(Dimensions::relationshipSensitivity)),
    OPERATIONAL_RISK("operational_risk", dimension(Dimensions::operationalRisk));

    /** What kind of value a field has. */
    enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        RANK
    }

    private final String wireName;
    private final Type type;
    private final List<String> words;
    private final BiFunction<Action, @Nullable TrustTier, @Nullable Object> reading;

    Field(
            String wireName,
            Type type,
            List<String> words,
            BiFunction<Action, @Nullable TrustTier, @Nullable Object> reading) {
        this.wireName = wireName;
        this.type = type;
        this.words = words;
        this.reading = reading;
    }

    Field(String wireName, Function<Action, @Nullable Object> text) {
        this(wireName, Type.TEXT, List.of(), (action, tier) -> text.apply(action));
    }

    Field(String wireName, List<String> words, Function<Action, @Nullable Object> text) {
        this(wireName, Type.TEXT, words, (action, tier) -> text.apply(action));
    }

    Field(String wireName, BiFunction<Action, @Nullable TrustTier, @Nullable Object> risk) {
        this(wireName, Type.RANK, words(RiskTier.values()), risk);
    }

    String wireName() {
        return wireName;
    }

    Type type() {
        return type;
    }

    /** The only texts that it can have, the lowest first; empty when it can have any. */
    List<String> words() {
        return words;
    }

    /** A String, a Long or a Boolean; absent when the action does not say. */
    @Nullable
    Object read(Action action, @Nullable TrustTier tier) {
        return reading.apply(action, tier);
    }

    static Optional<Field> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(field -> field.wireName.equals(name))
                .findFirst();
    }

    private static BiFunction<Action, @Nullable TrustTier, @Nullable Object> risk(Function<Action.Risk, RiskTier> of) {
        return (action, tier) -> action.risk() == null ? null : rank(of.apply(action.risk()));
    }

    private static BiFunction<Action, @Nullable TrustTier, @Nullable Object> dimension(
            Function<Dimensions, RiskTier> of) {
        return risk(risk -> of.apply(risk.dimensions()));
    }

    private static @Nullable Long rank(@Nullable Enum<?> tier) {
        return tier == null ? null : Long.valueOf(tier.ordinal());
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
