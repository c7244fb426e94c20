package dev.lifeline.sandbox.control;

import dev.lifeline.sandbox.fault.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mode that a request's body asks for. */
final class ModeRequest {

    private static final Set<String> FIELDS = Set.of("mode", "status", "contentType", "headers", "body");
    private static final Set<String> SERVERS_OWN = Set.of("connection", "content-length", "transfer-encoding");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final String NAMES =
            Stream.of(Mode.Name.values()).map(Mode.Name::wireName).collect(Collectors.joining(", "));

    private ModeRequest() {}

    static Mode read(InputStream in) throws IOException {
        ControlBody body = ControlBody.read(in, FIELDS);
        Mode.Name name = body.text("mode")
                .flatMap(Mode.Name::named)
                .orElseThrow(() -> ControlRefusal.ofField("mode", "one of " + NAMES));
        if (name == Mode.Name.ANSWER) {
            return new Mode(name, answer(body));
        }
        return new Mode(name, null);
    }

    private static Mode.Answer answer(ControlBody body) {
        int status = body.integer("status", 200, 599)
                .orElseThrow(() -> ControlRefusal.ofField("status", "a whole number from 200 to 599"));
        String contentType = body.text("contentType").orElse("");
        if (!HEADER_VALUE.matcher(contentType).matches()) {
            throw ControlRefusal.ofField("contentType", "what an HTTP header can carry");
        }
        Map<String, String> headers = body.texts("headers");
        headers.forEach((name, value) -> {
            if (!HEADER_NAME.matcher(name).matches()
                    || SERVERS_OWN.contains(name.toLowerCase(Locale.ROOT))
                    || !HEADER_VALUE.matcher(value).matches()) {
                throw ControlRefusal.ofField("headers." + name, "an HTTP header that is not the server's own");
            }
        });
        return new Mode.Answer(status, contentType, headers, body.text("body").orElse(""));
    }
}
