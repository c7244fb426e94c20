package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.Condition;
import dev.lifeline.events.Verdict;
import dev.lifeline.events.Verdict.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the connector works that the action needs. What can not run waits until it is mended. */
public final class ConnectorCheck {

    /** The code of its finding: no approval helps against it, only a connector that works. */
    public static final String CODE = "connector_not_working";

    private ConnectorCheck() {}

    static List<Finding> connectorHealth(Action action, Context context) {
        return action.connector() == null || works(context.connector())
                ? Check.nothing()
                : Check.approval("connector_health", CODE, action.connector() + ": " + said(context.connector()));
    }

    /** Whether an action can use a connector of that condition; absent: there is none. */
    public static boolean works(@Nullable Condition condition) {
        return condition == Condition.OK || condition == Condition.RETRYING;
    }

    /** Whether the verdict says that the connector does not work. */
    static boolean holds(Verdict verdict) {
        return verdict.findings().stream().anyMatch(finding -> finding.code().equals(CODE));
    }

    private static String said(@Nullable Condition condition) {
        return condition == null ? "not connected" : condition.wireName();
    }
}
