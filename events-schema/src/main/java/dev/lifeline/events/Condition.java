package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a connector is, as finely as the banner and operators need it. On the wire in lower case. */
public enum Condition {
    /** The last poll succeeded, or none was due yet. */
    OK,
    /** The provider does not answer; the poller tries again by itself. */
    RETRYING,
    /** The grant is dead, or lacks a scope: only the user's consent ends this. */
    NEEDS_REAUTH,
    /** Somebody other than the user must act first. Ends with the first success. */
    NEEDS_ADMIN,
    /** The operator's OAuth client is refused. Ends with the first success. */
    OPERATOR_FAULT,
    /** Switched off by a command; not polled. */
    DISABLED,
    /** It was {@link #OK} or {@link #RETRYING}, and its next outcome is overdue: nothing is known since. */
    STALE;

    /** The coarse status that this condition shows as. */
    public Status status() {
        return switch (this) {
            case OK, RETRYING, OPERATOR_FAULT, STALE -> Status.CONNECTED;
            case NEEDS_REAUTH, NEEDS_ADMIN -> Status.NEEDS_REAUTH;
            case DISABLED -> Status.DISABLED;
        };
    }

    /** The name on the wire and in the read model. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The condition of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static Condition ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
