package dev.lifeline.poller.domain.classification;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of an answer's body. It may be JSON or form-encoded, whatever its content type says, in any charset, with a
 * byte order mark or without. What is neither has no fields.
 */
final class Body {
    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:+-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Pattern FORM_NAME = Pattern.compile("[A-Za-z0-9_.\\-\\[\\]]{1,100}");
    private static final int MOST_FIELDS = 200;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Body() {}

    /** The fields; empty when nothing could be understood. */
    static Optional<Map<String, Object>> fields(Answer answer) {
        byte[] bytes = answer.body();
        String text = text(bytes, charset(answer, bytes));
        Optional<Map<String, Object>> fields = parse(text);
        return fields.isPresent() ? fields : parse(text(bytes, StandardCharsets.UTF_8));
    }

    private static Optional<Map<String, Object>> parse(String text) {
        if (text.isEmpty() || text.charAt(0) == '[') {
            return Optional.empty();
        }
        return text.charAt(0) == '{' ? Json.object(text) : form(text);
    }

    /** {@code application/x-www-form-urlencoded}; a name that stands twice makes it not understood (RFC 6749 section 3.2). */
    private static Optional<Map<String, Object>> form(String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (text.indexOf('\n') >= 0 || text.indexOf('<') >= 0) {
            return Optional.empty();
        }
        for (String pair : text.split("&", MOST_FIELDS)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals <= 0 || !FORM_NAME.matcher(pair.substring(0, equals)).matches()) {
                return Optional.empty();
            }
            try {
                String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                if (fields.put(pair.substring(0, equals), value) != null) {
                    return Optional.empty();
                }
            } catch (IllegalArgumentException badEscape) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }

    private static String text(byte[] bytes, Charset charset) {
        String text = new String(bytes, charset);
        int start = 0;
        while (start < text.length()
                && (text.charAt(start) == BYTE_ORDER_MARK || Character.isWhitespace(text.charAt(start)))) {
            start++;
        }
        return text.substring(start).stripTrailing();
    }

    private static Charset charset(Answer answer, byte[] bytes) {
        int first = at(bytes, 0);
        int second = at(bytes, 1);
        if ((first == 0xFE && second == 0xFF) || (first == 0 && second > 0)) {
            return StandardCharsets.UTF_16BE;
        }
        if ((first == 0xFF && second == 0xFE) || (first > 0 && second == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        if (first == 0xEF && second == 0xBB && at(bytes, 2) == 0xBF) {
            return StandardCharsets.UTF_8;
        }
        return answer.header("Content-Type").stream()
                .map(CHARSET::matcher)
                .filter(Matcher::find)
                .map(matcher -> named(matcher.group(1)))
                .findFirst()
                .orElse(StandardCharsets.UTF_8);
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : -1;
    }

    private static Charset named(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
