package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a verdict comes to. On the wire in lower case. */
public enum Ruling {
    /** It may be done by itself, if admitted. */
    AUTO_EXECUTE,
    /** It waits for a person. */
    REQUIRE_APPROVAL,
    /** It is not done. */
    DENY;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static Ruling ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
