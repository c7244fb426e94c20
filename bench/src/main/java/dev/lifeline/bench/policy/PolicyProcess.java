package dev.lifeline.bench.policy;

import dev.lifeline.embedded.Ports;
import dev.lifeline.policy.PolicyApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** An instance of policy-service, as it is deployed: a process of its own, with the whole JVM. */
public final class PolicyProcess implements AutoCloseable {

    /** More options of its JVM, separated by spaces, such as those that have it record what it does. */
    private static final List<String> OPTIONS = Pattern.compile(" ")
            .splitAsStream(System.getProperty("lifeline.bench.policy", ""))
            .filter(option -> !option.isEmpty())
            .toList();

    private static final long LONGEST_START_NANOS = 120_000_000_000L;

    private final Path log;
    private final URI address = URI.create("http://" + Ports.LOOPBACK + ":" + Ports.free());
    private final Process process;

    private PolicyProcess(Map<String, String> settings, Path log) throws IOException {
        this.log = log;
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(OPTIONS);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PolicyApplication.class.getName(),
                "--server.port=" + address.getPort(),
                "--server.address=" + address.getHost()));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Begins to start one. */
    public static PolicyProcess begin(Map<String, String> settings, Path log) throws IOException {
        Files.createDirectories(Objects.requireNonNull(log.getParent()));
        return new PolicyProcess(settings, log);
    }

    public URI address() {
        return address;
    }

    /** Returns once it says that it is ready. */
    public void awaitReady() throws Exception {
        long end = System.nanoTime() + LONGEST_START_NANOS;
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("policy-service did not start; it said: " + Files.readString(log));
            }
            Thread.sleep(200);
        }
    }

    private boolean isReady() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/actuator/health/readiness"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
