package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.Effect;
import dev.lifeline.events.Verdict.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question that is asked of every action. */
@FunctionalInterface
interface Check {

    /** What stands against doing the action by itself; empty when nothing does. Never throws. */
    List<Finding> find(Action action, Context context);

    static List<Finding> nothing() {
        return List.of();
    }

    static List<Finding> approval(String check, String code, @Nullable String detail) {
        return List.of(new Finding(check, Effect.REQUIRE_APPROVAL, code, detail));
    }

    static List<Finding> denial(String check, String code, @Nullable String detail) {
        return List.of(new Finding(check, Effect.DENY, code, detail));
    }
}
