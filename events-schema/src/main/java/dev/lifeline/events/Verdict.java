package dev.lifeline.events;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about an action, and all that led to it.
 *
 * @param confirmationLevel how often a person has to say yes; absent unless a person has to
 * @param reason the code of the finding that people see; absent when there is none
 * @param findings all that stands against doing it by itself, the checks in their order
 */
public record Verdict(
        Ruling ruling,
        @Nullable ConfirmationLevel confirmationLevel,
        @Nullable String reason,
        List<Finding> findings) {

    public Verdict {
        findings = List.copyOf(findings);
    }

    /** The verdict that those findings come to: the strictest of them counts, and nothing else. */
    public static Verdict of(List<Finding> findings) {
        Effect strictest = Effect.ALLOW;
        for (Finding finding : findings) {
            strictest = finding.effect().compareTo(strictest) > 0 ? finding.effect() : strictest;
        }
        return switch (strictest) {
            case ALLOW -> new Verdict(Ruling.AUTO_EXECUTE, null, null, findings);
            case REQUIRE_APPROVAL ->
                new Verdict(
                        Ruling.REQUIRE_APPROVAL, ConfirmationLevel.SINGLE, reason(findings, Effect.ALLOW), findings);
            case REQUIRE_DUAL_APPROVAL ->
                new Verdict(Ruling.REQUIRE_APPROVAL, ConfirmationLevel.DUAL, reason(findings, Effect.ALLOW), findings);
            case DENY -> new Verdict(Ruling.DENY, null, reason(findings, Effect.REQUIRE_DUAL_APPROVAL), findings);
        };
    }

    /** The code of the first finding that is stricter than that. */
    private static String reason(List<Finding> findings, Effect than) {
        Optional<Finding> first = findings.stream()
                .filter(finding -> finding.effect().compareTo(than) > 0)
                .findFirst();
        return first.map(Finding::code).orElse("");
    }

    /** How strict it is: what the strictest of its findings leads to. */
    public Effect effect() {
        return switch (ruling) {
            case AUTO_EXECUTE -> Effect.ALLOW;
            case REQUIRE_APPROVAL ->
                confirmationLevel == ConfirmationLevel.DUAL ? Effect.REQUIRE_DUAL_APPROVAL : Effect.REQUIRE_APPROVAL;
            case DENY -> Effect.DENY;
        };
    }

    /**
     * What one check found.
     *
     * @param check the check's name
     * @param code short, for programs, such as {@code quiet_hours}
     * @param detail what it was found in; absent when the code says it all
     */
    public record Finding(
            String check,
            Effect effect,
            String code,
            @Nullable String detail) {}
}
