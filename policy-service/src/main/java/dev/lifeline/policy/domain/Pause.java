package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.PauseScope;
import org.jspecify.annotations.Nullable;

/**
 * A pause that is in force.
 *
 * @param reason in the words of whoever paused
 */
public record Pause(PauseScope scope, @Nullable String reason) {

    /** Whether it holds that action back. */
    boolean concerns(Action action) {
        return concerns(scope, action);
    }

    /** Whether a pause of that scope holds that action back; capitals make no other name, lest a stop miss by one. */
    public static boolean concerns(PauseScope scope, Action action) {
        return switch (scope.kind()) {
            case EVERYTHING, ENVIRONMENT -> true;
            case DOMAIN -> action.domain().equalsIgnoreCase(scope.value());
            case CONNECTOR -> action.connector() != null && action.connector().equalsIgnoreCase(scope.value());
            case ACTION_TYPE -> action.actionType().equalsIgnoreCase(scope.value());
        };
    }
}
