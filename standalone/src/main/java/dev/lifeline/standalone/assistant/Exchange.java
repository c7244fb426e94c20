package dev.lifeline.standalone.assistant;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP with one server, by one bearer token. */
final class Exchange {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI server;
    private final String token;

    /** @param token empty: none is sent */
    Exchange(HttpClient http, URI server, String token) {
        this.http = http;
        this.server = server;
        this.token = token;
    }

    /** An answer; a body that is empty is an empty object. */
    record Answer(int status, JsonNode body) {

        boolean good() {
            return status / 100 == 2;
        }
    }

    JsonNode get(String path) {
        return demand(path, send(request(path).GET().build()));
    }

    /** The body of a good answer; {@link NoAnswerException} for any other. */
    JsonNode post(String path, Object body) {
        return demand(path, ask(path, body));
    }

    /** Whatever the answer is. */
    Answer ask(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                .build());
    }

    static JsonNode demand(String path, Answer answer) {
        if (!answer.good()) {
            throw new NoAnswerException(path, answer.status());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            String body = response.body().isBlank() ? "{}" : response.body();
            return new Answer(response.statusCode(), JsonMapper.shared().readTree(body));
        } catch (IOException | JacksonException e) {
            throw new NoAnswerException(request.uri() + " gave no answer that is understood", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted", e);
        }
    }
}
