package dev.lifeline.sandbox.control;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON object in a request's body, read field by field, so that a refusal can name the field. No body: no fields. */
final class ControlBody {

    private static final int MOST_BYTES = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode fields;

    private ControlBody(JsonNode fields) {
        this.fields = fields;
    }

    /** The body of a request that knows those fields. */
    static ControlBody read(InputStream body, Set<String> known) throws IOException {
        byte[] content = body.readNBytes(MOST_BYTES + 1);
        if (content.length > MOST_BYTES) {
            throw ControlRefusal.ofBody("the body is larger than " + MOST_BYTES + " bytes");
        }
        JsonNode fields = parse(content);
        for (String name : fields.propertyNames()) {
            if (!known.contains(name)) {
                throw ControlRefusal.unknownField(name);
            }
        }
        return new ControlBody(fields);
    }

    Optional<String> text(String field) {
        return present(field).map(node -> {
            if (!node.isString()) {
                throw ControlRefusal.ofField(field, "a string");
            }
            return node.stringValue();
        });
    }

    Optional<Integer> integer(String field, int least, int most) {
        return present(field).map(node -> {
            if (!node.isIntegralNumber() || !node.canConvertToInt() || outside(node.intValue(), least, most)) {
                throw ControlRefusal.ofField(field, "a whole number from " + least + " to " + most);
            }
            return node.intValue();
        });
    }

    Optional<Boolean> flag(String field) {
        return present(field).map(node -> {
            if (!node.isBoolean()) {
                throw ControlRefusal.ofField(field, "true or false");
            }
            return node.booleanValue();
        });
    }

    Map<String, String> texts(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        present(field).ifPresent(node -> {
            if (!node.isObject()) {
                throw ControlRefusal.ofField(field, "an object of strings");
            }
            node.properties().forEach(each -> {
                if (!each.getValue().isString()) {
                    throw ControlRefusal.ofField(field + "." + each.getKey(), "a string");
                }
                texts.put(each.getKey(), each.getValue().stringValue());
            });
        });
        return texts;
    }

    Optional<List<String>> list(String field) {
        return present(field).map(node -> {
            List<String> texts = new ArrayList<>();
            if (!node.isArray()) {
                throw ControlRefusal.ofField(field, "an array of strings");
            }
            node.forEach(each -> {
                if (!each.isString()) {
                    throw ControlRefusal.ofField(field, "an array of strings");
                }
                texts.add(each.stringValue());
            });
            return texts;
        });
    }

    private Optional<JsonNode> present(String field) {
        JsonNode node = fields.get(field);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private static boolean outside(int value, int least, int most) {
        return value < least || value > most;
    }

    private static JsonNode parse(byte[] content) throws IOException {
        if (content.length == 0) {
            return JSON.createObjectNode();
        }
        try (InputStream in = new ByteArrayInputStream(content)) {
            JsonNode body = JSON.readTree(in);
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException e) {
            throw ControlRefusal.ofBody("the body is not JSON: " + e.getOriginalMessage());
        }
        throw ControlRefusal.ofBody("the body must be a JSON object");
    }
}
