package dev.lifeline.poller.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.poller.domain.classification.Answer;
import dev.lifeline.poller.domain.classification.Json;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line of JSONL: an object with {@code provider}, {@code status}, {@code contentType}, {@code headers}, {@code body}. */
final class Line {
    private static final int HIGHEST_STATUS = 999;

    private Line() {}

    /** The answer on that line; fields that are not known are ignored. */
    static Answer parse(String line) throws BadLineException {
        Map<String, Object> fields =
                Json.object(line.strip()).orElseThrow(() -> new BadLineException("not a JSON object"));
        if (!(fields.get("provider") instanceof String provider) || provider.isBlank()) {
            throw new BadLineException("provider must be a text such as \"google\"");
        }
        if (!(fields.get("status") instanceof Json.Numeral number)) {
            throw new BadLineException("status must be a number");
        }
        long status = number.asLong().orElse(-1L);
        if (status < 0 || status > HIGHEST_STATUS) {
            throw new BadLineException("status must be a whole number from 0 to " + HIGHEST_STATUS);
        }
        Map<String, List<String>> headers = headers(fields.getOrDefault("headers", Json.NULL));
        String contentType = text(fields, "contentType");
        if (!contentType.isEmpty()) {
            headers.computeIfAbsent("Content-Type", unused -> new ArrayList<>()).addFirst(contentType);
        }
        return new Answer(
                ProviderKind.of(provider),
                (int) status,
                headers,
                text(fields, "body").getBytes(UTF_8));
    }

    private static String text(Map<String, Object> fields, String name) throws BadLineException {
        Object value = fields.getOrDefault(name, Json.NULL);
        if (Json.NULL.equals(value)) {
            return "";
        }
        if (!(value instanceof String text)) {
            throw new BadLineException(name + " must be a text");
        }
        return text;
    }

    private static Map<String, List<String>> headers(Object value) throws BadLineException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        if (Json.NULL.equals(value)) {
            return headers;
        }
        if (!(value instanceof Map<?, ?> object)) {
            throw new BadLineException("headers must be an object of texts or arrays of texts");
        }
        for (Map.Entry<?, ?> header : object.entrySet()) {
            List<?> values = header.getValue() instanceof List<?> several ? several : List.of(header.getValue());
            List<String> texts = new ArrayList<>();
            for (Object each : values) {
                if (!Json.NULL.equals(each)) {
                    texts.add(headerText(each));
                }
            }
            headers.put((String) header.getKey(), texts);
        }
        return headers;
    }

    private static String headerText(Object value) throws BadLineException {
        if (value instanceof Json.Numeral number) {
            return number.text();
        }
        if (value instanceof String text) {
            return text;
        }
        throw new BadLineException("headers must be an object of texts or arrays of texts");
    }
}
