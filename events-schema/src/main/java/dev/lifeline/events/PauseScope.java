package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a pause holds back.
 *
 * @param value which domain, connector or action type; absent for {@link Kind#EVERYTHING} and {@link Kind#ENVIRONMENT}
 */
public record PauseScope(Kind kind, @Nullable String value) {

    /** All that would be done by itself. */
    public static final PauseScope EVERYTHING = new PauseScope(Kind.EVERYTHING, null);

    /** All, because the environment of an instance says so; no command lifts it. */
    public static final PauseScope ENVIRONMENT = new PauseScope(Kind.ENVIRONMENT, null);

    /** Of what kind a scope is. On the wire in lower case. */
    public enum Kind {
        EVERYTHING,
        DOMAIN,
        CONNECTOR,
        ACTION_TYPE,
        ENVIRONMENT;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The constant of that wire name; {@link IllegalArgumentException} when there is none. */
        @JsonCreator
        public static Kind ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }
}
