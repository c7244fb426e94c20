package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an admitted action ended. On the wire in lower case. */
public enum Outcome {
    SUCCEEDED,
    FAILED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static Outcome ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
