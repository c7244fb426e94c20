package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where the wish for an action came from. On the wire in lower case. */
public enum Provenance {
    /** The user asked for it. */
    USER_ORIGINATED,
    /** It follows from what the user or the operator vouches for. */
    TRUSTED_CONTEXT,
    /** It follows from what somebody else wrote, such as a mail. What says nothing else counts as this. */
    UNTRUSTED_EXTERNAL;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static Provenance ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
