package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a finding leads to, from the mildest to the strictest: of all findings the strictest counts. On the wire in lower case. */
public enum Effect {
    /** Nothing stands against it. */
    ALLOW,
    /** A person has to approve. */
    REQUIRE_APPROVAL,
    /** A person has to approve twice, with a moment between. */
    REQUIRE_DUAL_APPROVAL,
    /** It is not done. */
    DENY;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static Effect ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
