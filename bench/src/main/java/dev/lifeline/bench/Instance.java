package dev.lifeline.bench;

import dev.lifeline.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code ./lifeline up} starts, on free ports, with its data in a directory of its own. */
public final class Instance implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(10);

    private final Process process;
    private final Path log;
    private final URI lifeline = loopback(Ports.free());
    private final URI sandbox = loopback(Ports.free());
    private final Path home;
    private final HttpClient http = HttpClient.newHttpClient();

    public Instance(Path root, Path directory, Duration pollInterval) throws Exception {
        log = directory.resolve("up.log");
        home = directory.resolve("home");
        ProcessBuilder builder =
                new ProcessBuilder(root.resolve("lifeline").toString(), "up").redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "LIFELINE_HOME", home.toString(),
                        "LIFELINE_PORT", Integer.toString(lifeline.getPort()),
                        "LIFELINE_SANDBOX_PORT", Integer.toString(sandbox.getPort()),
                        "LIFELINE_KAFKA_PORT", Integer.toString(Ports.free()),
                        "LIFELINE_PG_PORT", Integer.toString(Ports.free()),
                        "LIFELINE_POLL_INTERVAL", pollInterval.toMillis() + "ms"));
        process = builder.redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitReady();
    }

    /** Where people go. */
    public URI lifeline() {
        return lifeline;
    }

    /** The sandbox provider, which is the issuer of all tokens. */
    public URI sandbox() {
        return sandbox;
    }

    /** Where its data lies, and the operator's access to its stores. */
    public Path home() {
        return home;
    }

    /** A bearer token of a demo user's. */
    public String token(String user) throws Exception {
        return control("/control/users/" + user + "/token").required("token").asString();
    }

    /** Takes Lifeline's access to a user's account away. */
    public void revoke(String user) throws Exception {
        control("/control/users/" + user + "/revoke");
    }

    /** How often the provider was asked to refresh, refused requests too. */
    public long refreshes(String user) throws Exception {
        return answer(HttpRequest.newBuilder(sandbox.resolve("/control/stats")).build())
                .required("token")
                .required(user)
                .asLong();
    }

    private JsonNode control(String path) throws Exception {
        return answer(HttpRequest.newBuilder(sandbox.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private JsonNode answer(HttpRequest request) throws Exception {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(request.uri() + " answered " + response.statusCode());
        }
        return response.body().isEmpty()
                ? JsonMapper.shared().createObjectNode()
                : JsonMapper.shared().readTree(response.body());
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("./lifeline up did not start; it said: " + Files.readString(log));
            }
            Thread.sleep(200);
        }
    }

    private boolean isReady() throws Exception {
        if (!Files.readString(log).contains("Lifeline is up")) {
            return false;
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(lifeline.resolve("/actuator/health/readiness"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static URI loopback(int port) {
        return URI.create("http://" + Ports.LOOPBACK + ":" + port);
    }

    @Override
    public void close() throws Exception {
        http.close();
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
