package dev.lifeline.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user lets the assistant do by itself.
 *
 * @param maxSpendPerActionCents absent: none is set, and nothing that costs is done
 * @param maxDailySpendCents absent: none is set, and nothing that costs is done
 * @param allowedDomains when not empty, all others are denied
 * @param quietHours absent: there are none
 * @param timeZone an IANA name, such as {@code Europe/Berlin}
 */
public record AutonomySettings(
        TrustTier trustTier,
        @Nullable Long maxSpendPerActionCents,
        @Nullable Long maxDailySpendCents,
        List<String> allowedDomains,
        List<String> blockedDomains,
        boolean requireApprovalForIrreversible,
        @Nullable QuietHours quietHours,
        String timeZone) {

    /** What holds for a user who has set nothing: the assistant proposes, and does nothing by itself. */
    public static final AutonomySettings UNSET =
            new AutonomySettings(TrustTier.SUGGEST, null, null, List.of(), List.of(), true, null, "UTC");

    public AutonomySettings {
        allowedDomains = List.copyOf(allowedDomains);
        blockedDomains = List.copyOf(blockedDomains);
    }

    /** The same with another trust tier. */
    public AutonomySettings with(TrustTier other) {
        return new AutonomySettings(
                other,
                maxSpendPerActionCents,
                maxDailySpendCents,
                allowedDomains,
                blockedDomains,
                requireApprovalForIrreversible,
                quietHours,
                timeZone);
    }

    /**
     * When nothing is done by itself, by the user's clock.
     *
     * @param start the first minute, such as {@code 22:00}
     * @param end the first minute after it, such as {@code 07:00}; before {@code start}: over midnight
     */
    public record QuietHours(String start, String end) {}
}
