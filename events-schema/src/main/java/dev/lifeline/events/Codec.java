package dev.lifeline.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Messages to bytes and back: UTF-8 JSON with the schema's fields and nothing else. What is absent is {@code null}.
 *
 * <p>A reader ignores fields that it does not know, so that fields can be added; a field that is added to a type later is
 * {@code @Nullable}, so that older messages are still read. A field that is not {@code @Nullable} must be there, and of its
 * type: {@code "1"} is no number, {@code 1.5} no whole one.
 *
 * <p>Thread-safe.
 *
 * @see Schemas the JSON Schema of each type
 */
public final class Codec {

    private static final Map<String, Class<? extends Message>> TYPES = typesOf(Message.class);

    private final JsonMapper mapper = JsonMapper.builder()
            .annotationIntrospector(new RequiredUnlessNullable())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, Codec::textOnly)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
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

    /** The name under which messages of a record travel. */
    public static String typeOf(Class<? extends Message> type) {
        return type.getAnnotation(MessageType.class).value();
    }

    /** The message as it travels. */
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
                throw new UnreadableMessageException("no " + type + ": it is null");
            }
            return Optional.of(message);
        } catch (JacksonException e) {
            throw new UnreadableMessageException("no " + type + ": " + Mismatch.in(e));
        }
    }

    /** A value of the contract that is no message of its own, such as an {@link Action}, as it stands in messages. */
    public byte[] encodeValue(Object value) {
        return writer.writeValueAsBytes(value);
    }

    /**
     * The value in those bytes.
     *
     * @throws UnreadableMessageException when they are not of it; names the field
     */
    public <T> T decodeValue(Class<T> type, byte[] json) {
        return value(mapper.readerFor(type), json);
    }

    /**
     * The same, but no member is passed over that the type does not have: for what must never mean more than was meant, as
     * it does where a limit is misspelt.
     *
     * @param besides members that may be there as well, such as those of an answer that is sent back changed
     */
    public <T> T decodeExactly(Class<T> type, byte[] json, String... besides) {
        ObjectReader reader = mapper.readerFor(type)
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .withHandler(new PassingOver(Set.of(besides)));
        return value(reader, json);
    }

    private static <T> T value(ObjectReader reader, byte[] json) {
        try {
            T value = reader.readValue(json);
            if (value == null) {
                throw new UnreadableMessageException(Mismatch.NO_OBJECT);
            }
            return value;
        } catch (JacksonException e) {
            throw new UnreadableMessageException(Mismatch.in(e));
        }
    }

    /** Members that are known, and of no interest. */
    private static final class PassingOver extends DeserializationProblemHandler {

        private final Set<String> names;

        PassingOver(Set<String> names) {
            this.names = names;
        }

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                ValueDeserializer<?> deserializer,
                Object beanOrClass,
                String name) {
            if (!names.contains(name)) {
                return false;
            }
            parser.skipChildren();
            return true;
        }
    }

    private static void textOnly(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    private static Map<String, Class<? extends Message>> typesOf(Class<? extends Message> family) {
        Map<String, Class<? extends Message>> types = new TreeMap<>();
        Deque<Class<?>> open = new ArrayDeque<>(Set.of(family));
        while (!open.isEmpty()) {
            Class<?> type = open.pop();
            if (type.isRecord()) {
                Class<? extends Message> message = type.asSubclass(Message.class);
                types.put(typeOf(message), message);
            } else {
                open.addAll(Set.of(type.getPermittedSubclasses()));
            }
        }
        return Map.copyOf(types);
    }
}
