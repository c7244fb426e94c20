package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.RiskTier;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Verdict.Finding;
import java.util.List;

/** How far the user trusts the assistant, against how much is at stake. */
final class TrustChecks {

    /** The code of what is found when the stored trust tier is none that is known, whatever the action. */
    static final String UNKNOWN = "trust_tier_unknown";

    private static final String CHECK = "trust_tier";

    private TrustChecks() {}

    static List<Finding> trustTier(Action action, Context context) {
        TrustTier tier = context.trustTier();
        if (tier == null) {
            return Check.denial(CHECK, UNKNOWN, null);
        }
        return switch (tier) {
            case OBSERVER, SUGGEST -> Check.approval(CHECK, "trust_tier", tier.wireName());
            case LOW_AUTONOMY, MODERATE_AUTONOMY, HIGH_AUTONOMY -> Check.nothing();
        };
    }

    static List<Finding> risk(Action action, Context context) {
        TrustTier tier = context.trustTier();
        if (tier == null) {
            return Check.nothing();
        }
        return switch (tier) {
            case OBSERVER, SUGGEST -> Check.nothing();
            case LOW_AUTONOMY -> upTo(RiskTier.LOW, action, tier);
            case MODERATE_AUTONOMY -> upTo(RiskTier.MODERATE, action, tier);
            case HIGH_AUTONOMY -> upTo(RiskTier.HIGH, action, tier);
        };
    }

    private static List<Finding> upTo(RiskTier limit, Action action, TrustTier tier) {
        if (action.risk() == null) {
            return Check.approval(CHECK, "risk_unknown", null);
        }
        RiskTier risk = action.risk().worst();
        return risk.compareTo(limit) > 0
                ? Check.approval(CHECK, "risk_above_tier", risk.wireName() + " at " + tier.wireName())
                : Check.nothing();
    }
}
