package dev.lifeline.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages to bytes and back: UTF-8 JSON with the schema's fields and nothing else. What is absent is {@code null}. A
 * reader ignores fields that it does not know.
 *
 * <p>Thread-safe.
 */
public final class Codec {

    private static final Map<String, Class<? extends Message>> TYPES = typesOf(Message.class);

    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(tools.jackson.databind.cfg.DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
    private final Map<String, ObjectReader> readers = new TreeMap<>();
    private final ObjectWriter writer = mapper.writer();

    public Codec() {
        TYPES.forEach((name, type) -> readers.put(name, mapper.readerFor(type)));
    }

    /** The names of all types that this codec knows. */
    public static Set<String> types() {
        return TYPES.keySet();
    }

    /** The record that travels under that name. */
    public static Optional<Class<? extends Message>> classOf(String type) {
        return Optional.ofNullable(TYPES.get(type));
    }

    /** The name under which a message travels. */
    public static String typeOf(Message message) {
        return typeOf(message.getClass());
    }

    private static String typeOf(Class<?> type) {
        return type.getAnnotation(MessageType.class).value();
    }

    public byte[] encode(Message message) {
        return writer.writeValueAsBytes(message);
    }

    /**
     * The message in those bytes; empty when the type is not known, as one of a later release is.
     *
     * @throws UnreadableMessageException when the type is known and the bytes are not of it; trying again does not help
     */
    public Optional<Message> decode(String type, byte[] value) {
        ObjectReader reader = readers.get(type);
        if (reader == null) {
            return Optional.empty();
        }
        try {
            Message message = reader.readValue(value);
            if (message == null) {
                throw new UnreadableMessageException("a " + type + " that is null");
            }
            return Optional.of(message);
        } catch (JacksonException e) {
            throw new UnreadableMessageException("no " + type + ": " + e.getOriginalMessage());
        }
    }

    private static Map<String, Class<? extends Message>> typesOf(Class<? extends Message> family) {
        Map<String, Class<? extends Message>> types = new TreeMap<>();
        Deque<Class<?>> open = new ArrayDeque<>(Set.of(family));
        while (!open.isEmpty()) {
            Class<?> type = open.pop();
            if (type.isRecord()) {
                types.put(typeOf(type), type.asSubclass(Message.class));
            } else {
                open.addAll(Set.of(type.getPermittedSubclasses()));
            }
        }
        return Map.copyOf(types);
    }
}
