package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much is at stake, from little upwards. On the wire in lower case. */
public enum RiskTier {
    NEGLIGIBLE,
    LOW,
    MODERATE,
    HIGH,
    CRITICAL;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static RiskTier ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
