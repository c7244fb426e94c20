package dev.lifeline.events;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/** Where a message is wrong, and what is wanted there; nothing of what stands there, for it may be a person's. */
final class Mismatch {

    static final String NO_OBJECT = "not a JSON object";

    private static final JsonMapper WORDS = new JsonMapper();
    private static final String OF_NULL = "Cannot map `null`";
    private static final String NULL = "Invalid `null` value";
    private static final Set<Class<?>> WHOLE = Set.of(int.class, long.class, Integer.class, Long.class);
    private static final Set<Class<?>> TRUTH = Set.of(boolean.class, Boolean.class);

    private static final Pattern NAME = Pattern.compile("\\w{1,64}");

    private Mismatch() {}

    static String in(JacksonException cause) {
        if (cause instanceof StreamReadException && !(cause instanceof InputCoercionException)) {
            return "not JSON, or not alone, at byte " + cause.getLocation().getByteOffset();
        }
        String path = cause.getPath().stream().map(Mismatch::step).collect(Collectors.joining());
        return path.isEmpty() ? NO_OBJECT : path.substring(1) + " " + what(cause);
    }

    /** A name that is none of ours is shown only where it looks like one. */
    private static String step(JacksonException.Reference step) {
        if (step.getIndex() >= 0) {
            return "[" + step.getIndex() + "]";
        }
        return "." + (NAME.matcher(step.getPropertyName()).matches() ? step.getPropertyName() : "(a member)");
    }

    private static String what(JacksonException cause) {
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return "is not known here; there are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (cause instanceof InputCoercionException number) {
            return "is out of range; it must be from " + range(number.getTargetType());
        }
        Class<?> wanted = wanted(cause);
        String message = String.valueOf(cause.getOriginalMessage());
        boolean missing = message.startsWith(OF_NULL) || message.startsWith(NULL);
        Object[] constants = wanted == null ? null : wanted.getEnumConstants();
        if (constants != null) {
            return (missing ? "is missing" : "is not known") + "; it may be one of " + words(constants);
        }
        String kind = kind(wanted);
        return (missing ? "is missing" : "is not of its type") + (kind == null ? "" : "; it must be " + kind);
    }

    private static @Nullable Class<?> wanted(JacksonException cause) {
        return switch (cause) {
            case ValueInstantiationException one -> one.getType().getRawClass();
            case MismatchedInputException one -> one.getTargetType();
            default -> null;
        };
    }

    private static String range(Class<?> whole) {
        return whole == int.class
                ? Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
                : Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    }

    private static @Nullable String kind(@Nullable Class<?> type) {
        if (type == null) {
            return null;
        }
        if (type == String.class) {
            return "a text";
        }
        if (TRUTH.contains(type)) {
            return "true or false";
        }
        if (WHOLE.contains(type)) {
            return "a whole number";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (type == Instant.class) {
            return "a time such as 2026-11-24T12:00:00Z";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : null;
    }

    private static String words(Object[] constants) {
        return Arrays.stream(constants)
                .map(constant -> WORDS.writeValueAsString(constant).replace("\"", ""))
                .collect(Collectors.joining(", "));
    }
}
