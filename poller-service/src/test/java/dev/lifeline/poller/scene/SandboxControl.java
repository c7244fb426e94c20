package dev.lifeline.poller.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox provider's control interface. */
public final class SandboxControl {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    public SandboxControl(URI base) {
        this.base = base;
    }

    public void revoke(String user) {
        post("/control/users/" + user + "/revoke", "");
    }

    public void mode(String mode) {
        post("/control/mode", "{\"mode\": \"" + mode + "\"}");
    }

    /** Refresh requests of a user up to now. */
    public long refreshes(String user) {
        return new JsonMapper()
                .readTree(send(HttpRequest.newBuilder(base.resolve("/control/stats"))))
                .path("token")
                .path(user)
                .asLong();
    }

    private void post(String path, String body) {
        send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private String send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new AssertionError(
                        response.uri() + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
