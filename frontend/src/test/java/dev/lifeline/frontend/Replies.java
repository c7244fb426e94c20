package dev.lifeline.frontend;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Answers of {@link CannedLifeline} on the wire. */
final class Replies {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript", "css", "text/css", "html", "text/html; charset=utf-8", "svg", "image/svg+xml");

    private static final JsonMapper JSON = new JsonMapper();

    private Replies() {}

    /** As JSON in one line. */
    static String text(Object body) {
        return JSON.writeValueAsString(body);
    }

    /** What came with a request; empty for none. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        return bytes.length == 0 ? new LinkedHashMap<>() : JSON.readValue(bytes, LinkedHashMap.class);
    }

    static void problem(HttpExchange exchange, int status, String detail) throws IOException {
        json(exchange, status, Map.of("type", "about:blank", "status", status, "detail", detail, "error", detail));
    }

    static void json(HttpExchange exchange, int status, Object body) throws IOException {
        String type = status < 400 ? "application/json" : "application/problem+json";
        send(exchange, status, type, JSON.writeValueAsBytes(body));
    }

    /** A file of the dashboard; under {@code /src} one of its module, as it lies there. */
    static void file(HttpExchange exchange, String path) throws IOException {
        try (InputStream file =
                path.startsWith("/src/") ? source(path) : Replies.class.getResourceAsStream("/static" + path)) {
            if (file == null) {
                problem(exchange, 404, "There is nothing here.");
                return;
            }
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            // A page that is opened again is not fetched again: many files, and none of them changes meanwhile.
            exchange.getResponseHeaders().set("Cache-Control", "max-age=600");
            String ending = path.substring(path.lastIndexOf('.') + 1);
            send(exchange, 200, TYPES.getOrDefault(ending, "text/plain"), file.readAllBytes());
        }
    }

    private static @Nullable InputStream source(String path) throws IOException {
        Path file = Path.of(path.substring(1));
        return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
