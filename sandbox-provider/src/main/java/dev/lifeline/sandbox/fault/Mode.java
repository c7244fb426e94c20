package dev.lifeline.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the provider behaves. Sign-in and consent are the same in every mode.
 *
 * @param answer what each refresh gets, in the mode {@code answer}
 */
public record Mode(Name name, @Nullable Answer answer) {

    public static final Mode OK = new Mode(Name.OK, null);

    public Mode {
        if ((name == Name.ANSWER) != (answer != null)) {
            throw new IllegalArgumentException("the mode answer, and no other, has an answer");
        }
    }

    /** What a mode is called; in lower case on the wire. */
    public enum Name {
        /** All is well. */
        OK,
        /** Refresh and APIs: 503. */
        OUTAGE,
        /** Refresh and APIs: 429 with {@code Retry-After: 5}. */
        RATE_LIMITED,
        /** Refresh and APIs: the right answer, after half a minute. */
        SLOW,
        /** Refresh: 401 {@code invalid_client}. */
        INVALID_CLIENT,
        /** Refresh and APIs: 200 and no JSON. */
        GARBAGE,
        /** Refresh: an answer word by word. */
        ANSWER;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The mode that is called that on the wire. */
        public static Optional<Name> named(String wireName) {
            return Stream.of(values())
                    .filter(name -> name.wireName().equals(wireName))
                    .findFirst();
        }

        @JsonCreator
        static Name ofWireName(String wireName) {
            return named(wireName).orElseThrow(() -> new IllegalArgumentException("no mode is called " + wireName));
        }
    }

    /**
     * An answer word by word.
     *
     * @param contentType empty: none is sent
     */
    public record Answer(int status, String contentType, Map<String, String> headers, String body) {

        public Answer {
            headers = Map.copyOf(headers);
        }
    }
}
