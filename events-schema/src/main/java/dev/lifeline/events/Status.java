package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a connector is in three words; derived from its {@link Condition}. On the wire in lower case. */
public enum Status {
    CONNECTED,
    NEEDS_REAUTH,
    DISABLED;

    /** The name on the wire and in the read model. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static Status ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
