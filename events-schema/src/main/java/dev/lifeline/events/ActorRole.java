package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** In which role somebody asked for something. On the wire in lower case. */
public enum ActorRole {
    USER,
    OPERATOR;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static ActorRole ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
