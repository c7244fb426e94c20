package dev.lifeline.events;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;
import org.jspecify.annotations.Nullable;

/** Any message of any type, for properties: what a record's components allow. */
public final class AnyMessage implements ArbitraryProvider {

    @Override
    public boolean canProvideFor(TypeUsage target) {
        return target.isOfType(Message.class);
    }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage target, SubtypeProvider subtypes) {
        return Set.of(Arbitraries.of(Codec.types())
                .flatMap(type -> record(Codec.classOf(type).orElseThrow())));
    }

    private static Arbitrary<Object> record(Class<?> type) {
        List<Arbitrary<Optional<Object>>> components = Arrays.stream(type.getRecordComponents())
                .map(AnyMessage::component)
                .toList();
        return Combinators.combine(components).as(values -> create(type, values));
    }

    private static Arbitrary<Optional<Object>> component(RecordComponent component) {
        Arbitrary<Object> any = any(component.getName(), component.getGenericType());
        return mayBeAbsent(component) ? any.optional() : any.map(Optional::of);
    }

    static boolean mayBeAbsent(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Arbitrary<Object> any(String name, Type generic) {
        if (generic instanceof ParameterizedType container && container.getRawType() == List.class) {
            return any(name, container.getActualTypeArguments()[0])
                    .list()
                    .ofMaxSize(3)
                    .asGeneric();
        } else if (generic instanceof ParameterizedType container && container.getRawType() == Map.class) {
            return Arbitraries.maps(Arbitraries.strings().ofMaxLength(9), anyValue())
                    .ofMaxSize(3)
                    .asGeneric();
        }
        Class<?> type = (Class<?>) generic;
        if (type == Object.class) {
            return anyValue();
        } else if (type == UUID.class) {
            return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
        } else if (type == String.class) {
            return Arbitraries.strings().ofMinLength(1).ofMaxLength(300).asGeneric();
        } else if (type == long.class || type == Long.class) {
            return Arbitraries.longs().between(1, Long.MAX_VALUE).asGeneric();
        } else if (type == int.class) {
            return Arbitraries.integers().greaterOrEqual(0).asGeneric();
        } else if (type == boolean.class) {
            return Arbitraries.of(true, false).asGeneric();
        } else if (type == Duration.class) {
            return Arbitraries.longs().between(0, 86_400_000).map(Duration::ofMillis);
        } else if (type == Instant.class) {
            return Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
        } else if (type.isEnum()) {
            return Arbitraries.of(type.getEnumConstants());
        } else if (type.isRecord()) {
            return record(type);
        }
        throw new IllegalArgumentException("what is any " + type + ", as " + name + " is?");
    }

    /** Whatever JSON can say, but null, as it is read. */
    private static Arbitrary<Object> anyValue() {
        Arbitrary<Object> plain = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(9).asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        return Arbitraries.oneOf(plain, plain.list().ofMaxSize(3).asGeneric());
    }

    private static Object create(Class<?> type, List<Optional<Object>> values) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(parameters)
                    .newInstance(
                            values.stream().map(value -> value.orElse(null)).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(Optional.ofNullable(e.getMessage()).orElse(type.toString()), e);
        }
    }
}
