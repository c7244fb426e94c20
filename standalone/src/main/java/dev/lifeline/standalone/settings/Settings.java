package dev.lifeline.standalone.settings;

import dev.lifeline.embedded.Ports;
import dev.lifeline.standalone.CannotStartException;
import dev.lifeline.standalone.settings.Mode.Client;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of {@code up}, from environment variables.
 *
 * @param address where the dashboard listens, {@code LIFELINE_ADDRESS}, default 127.0.0.1
 * @param port its port, {@code LIFELINE_PORT}, default 8080
 * @param publicUrl how browsers reach it, {@code LIFELINE_PUBLIC_URL}, an origin; default made from address and port,
 *     unless that is every address of the machine
 * @param home where all data lies, {@code LIFELINE_HOME}, default {@code .lifeline} in the current directory
 * @param kafkaPort where outside subscribers reach Kafka, on loopback, {@code LIFELINE_KAFKA_PORT}, default 9092
 * @param postgresPort where PostgreSQL listens, on loopback, {@code LIFELINE_PG_PORT}, default 5433
 * @param sandboxPort where the sandbox provider listens, on loopback, {@code LIFELINE_SANDBOX_PORT}, default 9000
 * @param pollInterval how often a connector is polled, {@code LIFELINE_POLL_INTERVAL}, default 5 s, or 60 s in real mode
 * @param autoExecuteDisabled whether nothing is done by itself, {@code SKYTWIN_AUTO_EXECUTE_DISABLED}, default
 *     {@code false}; as policy-service reads it, so that what is not understood is a stop
 * @param mode sandbox, or real once a real client, or another address or public host than loopback is given
 */
public record Settings(
        String address,
        int port,
        URI publicUrl,
        Path home,
        int kafkaPort,
        int postgresPort,
        int sandboxPort,
        Duration pollInterval,
        String autoExecuteDisabled,
        Mode mode) {

    private static final Duration SANDBOX_POLL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration REAL_POLL_INTERVAL = Duration.ofSeconds(60);
    private static final Duration LEAST_POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration MOST_POLL_INTERVAL = Duration.ofDays(1);

    /**
     * Reads the settings.
     *
     * @throws CannotStartException naming the first one that can not be used, and what it may be
     */
    public static Settings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        String address = environment.text("LIFELINE_ADDRESS").orElse("127.0.0.1");
        int port = environment.port("LIFELINE_PORT", 8080);
        InetAddress listening = resolve(address);
        Optional<URI> publicUrl = environment.origin("LIFELINE_PUBLIC_URL");
        Mode mode = mode(environment, listening, publicUrl);
        if (listening.isAnyLocalAddress() && publicUrl.isEmpty()) {
            throw new CannotStartException("LIFELINE_PUBLIC_URL is missing; with LIFELINE_ADDRESS " + address
                    + ", which is every address of this machine, it says how browsers reach the dashboard");
        }
        Settings settings = new Settings(
                address,
                port,
                publicUrl.orElseGet(() -> urlOf(address, port)),
                home(environment),
                environment.port("LIFELINE_KAFKA_PORT", 9092),
                environment.port("LIFELINE_PG_PORT", 5433),
                environment.port("LIFELINE_SANDBOX_PORT", 9000),
                environment.duration(
                        "LIFELINE_POLL_INTERVAL",
                        LEAST_POLL_INTERVAL,
                        MOST_POLL_INTERVAL,
                        mode instanceof Mode.Sandbox ? SANDBOX_POLL_INTERVAL : REAL_POLL_INTERVAL),
                environment.text("SKYTWIN_AUTO_EXECUTE_DISABLED").orElse("false"),
                mode);
        settings.requireDistinctPorts();
        return settings;
    }

    /** Where the data lies; other commands than {@code up} need only this. */
    public static Path homeFrom(Map<String, String> variables) {
        return home(new Environment(variables));
    }

    /** The ports that will be listened at, in the order in which they are spoken of. */
    public List<PortSetting> ports() {
        PortSetting dashboard = new PortSetting("LIFELINE_PORT", address, port);
        PortSetting kafka = new PortSetting("LIFELINE_KAFKA_PORT", "127.0.0.1", kafkaPort);
        PortSetting postgres = new PortSetting("LIFELINE_PG_PORT", "127.0.0.1", postgresPort);
        return switch (mode) {
            case Mode.Sandbox sandbox ->
                List.of(dashboard, kafka, postgres, new PortSetting("LIFELINE_SANDBOX_PORT", "127.0.0.1", sandboxPort));
            case Mode.Real real -> List.of(dashboard, kafka, postgres);
        };
    }

    /** How a program on this machine reaches the services. */
    public URI localUrl() {
        return urlOf(address, port);
    }

    /** The sandbox provider's issuer and origin. */
    public URI sandboxUrl() {
        return urlOf("127.0.0.1", sandboxPort);
    }

    /**
     * Looks whether everything can listen where it is to.
     *
     * @throws CannotStartException naming all ports at which it can not, why, and the variables that choose others
     */
    public void requireFreePorts() {
        Ports.obstacle(address).ifPresent(obstacle -> {
            throw new CannotStartException(
                    "LIFELINE_ADDRESS " + address + " " + obstacle + "; it must be an address of this machine");
        });
        Map<PortSetting, String> obstacles = new LinkedHashMap<>();
        for (PortSetting port : ports()) {
            Ports.obstacle(port.host(), port.port()).ifPresent(obstacle -> obstacles.put(port, obstacle));
        }
        if (!obstacles.isEmpty()) {
            String all = obstacles.entrySet().stream()
                    .map(each -> "port " + each.getKey().port() + " " + each.getValue() + " ("
                            + each.getKey().name() + ")")
                    .collect(Collectors.joining(", "));
            String remedy = obstacles.containsValue(Ports.IN_USE)
                    ? "stop the other program, or set a free port"
                    : "set another";
            throw new CannotStartException(all + ": " + remedy + " in the environment");
        }
    }

    private void requireDistinctPorts() {
        List<PortSetting> ports = ports();
        for (int i = 0; i < ports.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (ports.get(i).port() == ports.get(j).port()) {
                    throw new CannotStartException(ports.get(i).name() + " and "
                            + ports.get(j).name() + " are both " + ports.get(i).port() + "; each needs its own port");
                }
            }
        }
    }

    private static Path home(Environment environment) {
        String home = environment.text("LIFELINE_HOME").orElse(".lifeline");
        try {
            return Path.of(home).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new CannotStartException("LIFELINE_HOME is '" + home + "'; it must be the path of a directory", e);
        }
    }

    private static Mode mode(Environment environment, InetAddress listening, Optional<URI> publicUrl) {
        Optional<String> occasion = occasionOfRealMode(environment, listening, publicUrl);
        return occasion.isEmpty() ? new Mode.Sandbox() : real(environment, occasion.get());
    }

    /** What makes it real: demo users, whose password anybody knows, are for one's own machine only. */
    private static Optional<String> occasionOfRealMode(
            Environment environment, InetAddress listening, Optional<URI> publicUrl) {
        if (environment.text("LIFELINE_GOOGLE_CLIENT_ID").isPresent()
                || environment.text("LIFELINE_GOOGLE_CLIENT_SECRET").isPresent()) {
            return Optional.of("a real client (LIFELINE_GOOGLE_CLIENT_ID)");
        }
        if (!listening.isLoopbackAddress()) {
            return Optional.of("another address than loopback (LIFELINE_ADDRESS)");
        }
        return publicUrl
                .filter(url -> !Loopback.names(url.getHost()))
                .map(url -> "another host than loopback (LIFELINE_PUBLIC_URL)");
    }

    private static Mode real(Environment environment, String occasion) {
        Client google = new Client(
                required(environment, "LIFELINE_GOOGLE_CLIENT_ID", occasion),
                required(environment, "LIFELINE_GOOGLE_CLIENT_SECRET", occasion));
        required(environment, "LIFELINE_ISSUER", occasion);
        return new Mode.Real(
                google,
                environment.httpAddress("LIFELINE_ISSUER").orElseThrow(),
                new Client(
                        required(environment, "LIFELINE_ISSUER_CLIENT_ID", occasion),
                        required(environment, "LIFELINE_ISSUER_CLIENT_SECRET", occasion)));
    }

    private static String required(Environment environment, String name, String occasion) {
        return environment
                .text(name)
                .orElseThrow(() -> new CannotStartException(name + " is missing; with " + occasion
                        + " people sign in by an issuer of yours, not as demo users"));
    }

    private static InetAddress resolve(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new CannotStartException(
                    "LIFELINE_ADDRESS is '" + address + "'; it must be an address of this machine", e);
        }
    }

    private static URI urlOf(String address, int port) {
        return URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port);
    }
}
