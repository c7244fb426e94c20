package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a user trusts the assistant, from not at all upwards. On the wire in lower case. */
public enum TrustTier {
    /** It may look, and do nothing by itself. */
    OBSERVER,
    /** It may propose; each action is approved. */
    SUGGEST,
    /** It may do by itself what is of low risk. */
    LOW_AUTONOMY,
    /** It may do by itself what is of moderate risk. */
    MODERATE_AUTONOMY,
    /** It may do by itself all but what is of critical risk. */
    HIGH_AUTONOMY;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static TrustTier ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
