package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How often a person has to say yes. On the wire in lower case. */
public enum ConfirmationLevel {
    /** Once. */
    SINGLE,
    /** Twice, at least two seconds apart, the second time with the token of the first. */
    DUAL;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static ConfirmationLevel ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
