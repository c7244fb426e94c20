package dev.lifeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeline.embedded.EmbeddedPostgres;
import dev.lifeline.embedded.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real {@code up}: a process of its own, on free ports, with its data in a directory of the test's.
 *
 * <pre>{@code
 * try (Up up = Up.in(directory).with("LIFELINE_POLL_INTERVAL", "500ms").start()) {
 *     browser.open(up.url());              // sign in as alice, bob, ops or auditor; the password is "lifeline"
 *     up.control("/control/users/alice/revoke", "");
 *     ...
 *     up.kill();                           // kill -9; stop() is Ctrl-C
 *     up.start();                          // same ports, same data
 * }
 * }</pre>
 *
 * <p>The first start in a directory takes about twice as long as later ones; share one {@code Up} among tests that do not
 * harm one another. What the process says is in {@link #output()} and in {@code up.log} in its directory; the services'
 * log is {@code LIFELINE_HOME/logs/lifeline.log}. Closing kills it, and PostgreSQL with it, if it still runs.
 */
public final class Up implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    private final Path directory;
    private final Map<String, String> environment;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable Process process;

    private Up(Path directory) {
        this.directory = directory;
        environment = new HashMap<>(Map.of(
                "LIFELINE_HOME", directory.resolve("home").toString(),
                "LIFELINE_PORT", Integer.toString(Ports.free()),
                "LIFELINE_SANDBOX_PORT", Integer.toString(Ports.free()),
                "LIFELINE_KAFKA_PORT", Integer.toString(Ports.free()),
                "LIFELINE_PG_PORT", Integer.toString(Ports.free())));
    }

    /** One that keeps everything in that directory, not started. */
    public static Up in(Path directory) {
        return new Up(directory);
    }

    /** Changes a setting, from the next start on. */
    public Up with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it and returns once it serves and says that it is ready. */
    public Up start() {
        launch().awaitUp();
        await("readiness").atMost(Duration.ofSeconds(30)).until(this::isReady);
        return this;
    }

    /** Returns once it says that it is up. */
    public Up awaitUp() {
        await("up says that it is up")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !isRunning() || output().contains("Lifeline is up"));
        assertThat(isRunning()).as("up ended early; it said: %s", output()).isTrue();
        return this;
    }

    /** Starts it and returns at once. */
    public Up launch() {
        if (isRunning()) {
            throw new IllegalStateException("it runs already");
        }
        try {
            ProcessBuilder builder = command("up");
            builder.redirectErrorStream(true).redirectOutput(log().toFile());
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it in good order, as Ctrl-C does, and returns its exit status once it has ended. */
    public int stop() {
        return end("-TERM");
    }

    /** Ends it as {@code kill -9} does: it has no chance to do anything. PostgreSQL lives on, as it would. */
    public int kill() {
        return end("-KILL");
    }

    /** Waits until it ends by itself; its exit status. */
    public int awaitEnd() {
        Process ending = running();
        try {
            assertThat(ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("up ended")
                    .isTrue();
            process = null;
            return ending.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int end(String signal) {
        Process ending = running();
        try {
            new ProcessBuilder("kill", signal, Long.toString(ending.pid()))
                    .start()
                    .waitFor();
            assertThat(ending.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS))
                    .as("up ended after kill %s; it said: %s", signal, output())
                    .isTrue();
            process = null;
            return ending.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Where people go, without a slash at the end. */
    public URI url() {
        return loopback("LIFELINE_PORT");
    }

    /** The sandbox provider, without a slash at the end; its account page is {@code /account}. */
    public URI sandbox() {
        return loopback("LIFELINE_SANDBOX_PORT");
    }

    /** Kafka for outside subscribers, host and port. */
    public String outsideKafka() {
        return loopback("LIFELINE_KAFKA_PORT").getAuthority();
    }

    public Path home() {
        return Path.of(setting("LIFELINE_HOME"));
    }

    /** What it has said on the terminal since its last start. */
    public String output() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its services have logged since its home was made. */
    public String services() {
        try {
            return Files.readString(home().resolve("logs/lifeline.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Posts to the sandbox provider's control interface; the answer's body. Fails unless that is 2xx. */
    public String control(String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(sandbox().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isBetween(200, 299);
        return response.body();
    }

    /** A demo user's bearer token, as {@code ./lifeline token} prints it. */
    public String token(String user) {
        Ended ended = run("token", user);
        assertThat(ended.status()).as(ended.errors()).isZero();
        return ended.output().strip();
    }

    /** Gets a path of Lifeline's with a bearer token; without one when {@code token} is null. */
    public HttpResponse<String> get(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    /** Asks Lifeline for a change with a bearer token and a body in JSON. */
    public HttpResponse<String> send(String method, String path, String token, String json) {
        return send(HttpRequest.newBuilder(url().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Runs another command with the same settings, to its end. */
    public Ended run(String... words) {
        try {
            Path errors = directory.resolve("command.err");
            Process command = command(words).redirectError(errors.toFile()).start();
            String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(command.waitFor(), output, Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How a command ended. */
    public record Ended(int status, String output, String errors) {}

    /** Whether it says, to whoever asks, that it can do its work. */
    public boolean isReady() {
        return readiness().startsWith("200");
    }

    /** The status of that answer, and what it says. */
    String readiness() {
        HttpResponse<String> answer = get("/actuator/health/readiness", null);
        return answer.statusCode() + " " + answer.body();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The same as the script runs, without building. */
    private ProcessBuilder command(String... words) throws IOException {
        Files.createDirectories(directory);
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx320m",
                "-Dlogback.configurationFile=logback.xml", // not that of tests
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                Lifeline.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("LIFELINE_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("it does not run");
        }
        return process;
    }

    private Path log() {
        return directory.resolve("up.log");
    }

    private URI loopback(String variable) {
        return URI.create("http://" + Ports.LOOPBACK + ":" + setting(variable));
    }

    private String setting(String variable) {
        String value = environment.get(variable);
        if (value == null) {
            throw new IllegalStateException(variable + " is not set");
        }
        return value;
    }

    @Override
    public void close() {
        if (isRunning()) {
            stop();
        }
        EmbeddedPostgres.in(home().resolve("postgres")).build().stopLeftover();
        http.close();
    }
}
