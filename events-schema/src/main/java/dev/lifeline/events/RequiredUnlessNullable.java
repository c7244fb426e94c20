package dev.lifeline.events;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Reads JSpecify's {@link Nullable} as Jackson's: a component that is not so marked must be there and not be
 * {@code null}, and so must each element of a list. Without this a record from the wire could hold a null that the type denies.
 */
final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        AnnotatedType type = typeOf(annotated);
        if (type == null || type.isAnnotationPresent(Nullable.class)) {
            return super.findSetterInfo(config, annotated);
        }
        return isListOfNonNull(type)
                ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL)
                : JsonSetter.Value.forValueNulls(Nulls.FAIL);
    }

    private static boolean isListOfNonNull(AnnotatedType type) {
        return type instanceof AnnotatedParameterizedType list
                && ((ParameterizedType) list.getType()).getRawType() == List.class
                && !list.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(Nullable.class);
    }

    private static @Nullable AnnotatedType typeOf(Annotated annotated) {
        if (annotated instanceof AnnotatedParameter parameter
                && parameter.getOwner().getAnnotated() instanceof Executable owner) {
            return owner.getAnnotatedParameterTypes()[parameter.getIndex()];
        }
        return annotated.getAnnotated() instanceof Field field ? field.getAnnotatedType() : null;
    }
}
