package dev.lifeline.events.rule;

/** Whether a rule applies to an action. */
public enum Match {
    YES,
    NO,
    /** The action does not say what the rule asks about. */
    UNKNOWN;

    static Match of(boolean applies) {
        return applies ? YES : NO;
    }
}
