package dev.lifeline.query;

import dev.lifeline.query.TestIssuer.People;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client as SkyTwin's is: sends a bearer token, and parses JSON from every answer. */
public final class Program {

    private static final JsonMapper JSON = new JsonMapper();

    private final WebTestClient http;

    public Program(WebTestClient http) {
        this.http = http;
    }

    /** One that acts for that person. */
    public static Program of(People person) {
        RunningQuery.Surroundings here = RunningQuery.shared();
        return new Program(here.service().http(here.issuer().token(person)));
    }

    public Reply get(String path) {
        return ask(HttpMethod.GET, path, null);
    }

    public Reply put(String path, String body) {
        return ask(HttpMethod.PUT, path, body);
    }

    public Reply post(String path, @Nullable String body) {
        return ask(HttpMethod.POST, path, body);
    }

    public Reply delete(String path) {
        return ask(HttpMethod.DELETE, path, null);
    }

    private Reply ask(HttpMethod method, String path, @Nullable String body) {
        WebTestClient.RequestBodySpec request = http.method(method).uri(path);
        EntityExchangeResult<byte[]> answer = (body == null
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).bodyValue(body))
                .exchange()
                .expectBody()
                .returnResult();
        return new Reply(
                answer.getStatus().value(),
                String.valueOf(answer.getResponseHeaders().getLocation()),
                JSON.readTree(Objects.requireNonNull(answer.getResponseBody(), "an answer has a body")));
    }

    /**
     * What was answered.
     *
     * @param location {@code null}, as a text, where none was named
     */
    public record Reply(int status, String location, JsonNode body) {

        /** What stands there, as a text; {@code null} and what is missing likewise, under those names. */
        public String at(String pointer) {
            JsonNode found = body.at(pointer);
            return found.isMissingNode() ? "missing" : found.asString("null");
        }

        /** Status, field where one is named, and detail. */
        public String refusal() {
            return status + " " + at("/field") + ": " + at("/error");
        }
    }
}
