package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;

/** How long an action can wait; decides how long it may be approved. On the wire in lower case. */
public enum Urgency {
    IMMEDIATE(Duration.ofMinutes(15)),
    NORMAL(Duration.ofDays(1)),
    LOW(Duration.ofDays(3));

    private final Duration patience;

    Urgency(Duration patience) {
        this.patience = patience;
    }

    /** How long after its decision it may be approved and admitted. */
    public Duration patience() {
        return patience;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that wire name; {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static Urgency ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
