package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Verdict.Finding;
import java.util.List;

/** The brake: what is paused waits for a person, and is never denied because of it. */
final class PauseChecks {

    /** The code of what the user's own pause finds, whatever the action. */
    static final String BY_USER = "paused_by_user";

    /** The code of a brake of which nobody knows whether it is pulled. */
    static final String UNKNOWN = "control_state_unknown";

    private PauseChecks() {}

    static List<Finding> operatorPause(Action action, Context context) {
        for (Pause pause : context.control().operator()) {
            if (pause.concerns(action)) {
                return Check.approval("operator_pause", "paused_by_operator", detail(pause));
            }
        }
        return Check.nothing();
    }

    static List<Finding> userPause(Action action, Context context) {
        Pause pause = context.control().user();
        return pause == null ? Check.nothing() : Check.approval("user_pause", BY_USER, pause.reason());
    }

    static List<Finding> controlStateUnknown(Action action, Context context) {
        String unknown = context.control().unknown();
        return unknown == null ? Check.nothing() : Check.approval("control_state", UNKNOWN, unknown);
    }

    private static String detail(Pause pause) {
        PauseScope scope = pause.scope();
        String what =
                scope.value() == null ? scope.kind().wireName() : scope.kind().wireName() + " " + scope.value();
        return pause.reason() == null ? what : what + ": " + pause.reason();
    }
}
