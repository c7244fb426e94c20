package dev.lifeline.projector.domain;

import java.util.Locale;

/** What a line of the timeline tells. */
public enum Kind {
    CONNECTED,
    REAUTHORIZED,
    CONDITION_CHANGED,
    DISABLED,
    ENABLED,
    REMOVED,
    COMMAND_REJECTED;

    private final String columnName = name().toLowerCase(Locale.ROOT);

    /** The name in the read model. */
    public String columnName() {
        return columnName;
    }
}
