package dev.lifeline.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control interface of a sandbox provider. */
final class SandboxControl {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The provider knows nothing by that name. */
    static final class UnknownException extends RuntimeException {
        UnknownException(String path) {
            super("the sandbox provider has no " + path);
        }
    }

    private final URI provider;

    private SandboxControl(URI provider) {
        this.provider = provider;
    }

    static SandboxControl at(URI provider) {
        return new SandboxControl(provider);
    }

    /**
     * What the provider answers to a request without a body.
     *
     * @throws UnknownException when it knows nothing by that name
     * @throws CannotStartException when it does not answer, or refuses
     */
    JsonNode post(String path) {
        HttpRequest request = HttpRequest.newBuilder(provider.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> JsonMapper.shared().readTree(response.body());
                case 404 -> throw new UnknownException(path);
                default ->
                    throw new CannotStartException(
                            "the sandbox provider at " + provider + " answered " + response.statusCode());
            };
        } catch (IOException | JacksonException e) {
            throw new CannotStartException(
                    "the sandbox provider at " + provider + " gave no answer: it may still be starting", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("interrupted", e);
        }
    }
}
