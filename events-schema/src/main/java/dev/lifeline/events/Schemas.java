package dev.lifeline.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The JSON Schema (draft 2020-12) of each type, for readers that are not written in Java. They lie beside this class in
 * {@code schemas/}; {@code asyncapi.yaml} beside them says on which topic each type travels.
 */
public final class Schemas {

    private Schemas() {}

    /** The schema of a type, as JSON; empty when the type is not known. */
    public static Optional<String> of(String type) {
        if (!Codec.types().contains(type)) {
            return Optional.empty();
        }
        return Optional.of(resource("schemas/" + type + ".json"));
    }

    /** The AsyncAPI 3 document, as YAML: topics, what travels on them, how it is addressed. */
    public static String asyncApi() {
        return resource("asyncapi.yaml");
    }

    private static String resource(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
