package dev.lifeline.events;

import java.util.List;
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
