package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent wants to do for a user.
 *
 * @param actionId the agent's name for it; the same again is the same action
 * @param actionType what is done, such as {@code email.archive}
 * @param description in words, for the person who approves
 * @param domain the part of life that it belongs to, such as {@code email}
 * @param connector the connector that it needs; absent when it needs none
 * @param parameters its arguments: JSON's texts, numbers, booleans, lists, maps and nulls
 * @param estimatedCostCents what it will cost; absent when that is not known
 * @param reversible whether it can be undone
 * @param provenance where the wish came from; absent counts as untrusted
 * @param risk how risky it is; absent when nobody assessed it
 */
public record Action(
        UUID actionId,
        String actionType,
        @Personal String description,
        String domain,
        @Nullable String connector,
        @Personal Map<String, ?> parameters,
        @Nullable Long estimatedCostCents,
        boolean reversible,
        @Nullable Provenance provenance,
        Urgency urgency,
        @Nullable Risk risk) {

    public Action {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** How risky an action is, on the whole and in each respect. */
    public record Risk(RiskTier overall, Dimensions dimensions) {

        /** The worst of all: whoever assesses something may not call it low altogether that is critical in one respect. */
        public RiskTier worst() {
            RiskTier worst = worse(overall, dimensions.reversibility);
            worst = worse(worst, dimensions.financialImpact);
            worst = worse(worst, dimensions.legalSensitivity);
            worst = worse(worst, dimensions.privacySensitivity);
            worst = worse(worst, dimensions.relationshipSensitivity);
            return worse(worst, dimensions.operationalRisk);
        }

        private static RiskTier worse(RiskTier one, RiskTier other) {
            return one.compareTo(other) >= 0 ? one : other;
        }
    }

    /** The respects in which risk is assessed; named as on the wire. */
    public record Dimensions(
            RiskTier reversibility,
            @JsonProperty("financial_impact") RiskTier financialImpact,
            @JsonProperty("legal_sensitivity") RiskTier legalSensitivity,
            @JsonProperty("privacy_sensitivity") RiskTier privacySensitivity,
            @JsonProperty("relationship_sensitivity") RiskTier relationshipSensitivity,
            @JsonProperty("operational_risk") RiskTier operationalRisk) {}
}
