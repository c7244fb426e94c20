package dev.lifeline.standalone.apart;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeline.embedded.EmbeddedPostgres;
import dev.lifeline.embedded.Ports;
import dev.lifeline.standalone.apart.DeployPage.Service;
import dev.lifeline.standalone.home.Home;
import dev.lifeline.standalone.home.Secrets;
import dev.lifeline.standalone.store.Access;
import dev.lifeline.standalone.store.Identity;
import dev.lifeline.standalone.store.KafkaNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The four services, packed, each a process of its own, told no more than docs/deploy.md tells and allowed no more than it
 * allows. Runs after the services are packed, so in {@code mvn verify}.
 */
class ServicesApartSpec {

    private static final Map<String, Identity> IDENTITIES = Map.of(
            "poller-service", Identity.POLLER,
            "health-projector", Identity.PROJECTOR,
            "policy-service", Identity.POLICY,
            "query-api", Identity.QUERY);

    private static final Duration PATIENCE = Duration.ofSeconds(240);

    @TempDir
    static Path directory;

    private static final DeployPage PAGE = new DeployPage();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final List<Process> STARTED = new ArrayList<>();

    private static Home home;
    private static KafkaNode kafka;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        home = Home.take(directory.resolve("home"));
        kafka = KafkaNode.of(home, Secrets.of(home), Ports.free());
        kafka.start();
        postgres = EmbeddedPostgres.in(directory.resolve("postgres"))
                .port(Ports.free())
                .password("superuser-password")
                .build();
        postgres.start();
        execute("postgres", "CREATE DATABASE lifeline");
        execute("lifeline", PAGE.sql());
    }

    @AfterAll
    static void stop() throws Exception {
        for (Process process : STARTED) {
            process.destroyForcibly().waitFor();
        }
        kafka.close();
        postgres.close();
        home.close();
    }

    @Test
    void are_ready_when_they_are_told_what_the_page_tells() throws Exception {
        assertThat(PAGE.services()).extracting(Service::name).containsExactlyInAnyOrderElementsOf(IDENTITIES.keySet());

        Service poller = PAGE.services().getFirst();
        Process keyset = java(poller, "dev.lifeline.poller.RotateKeyset", "new", keyset());
        assertThat(keyset.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(keyset.exitValue()).as(() -> log(poller)).isZero();

        List<Running> running = new ArrayList<>();
        for (Service service : PAGE.services()) {
            running.add(start(service, Ports.free()));
        }

        for (Running each : running) {
            await().atMost(PATIENCE)
                    .until(() -> each.isReady() || !each.process().isAlive());
            assertThat(each.isReady()).as(() -> log(each.service())).isTrue();
        }
    }

    /** A service's process, and where it says whether it is ready. */
    private record Running(Service service, Process process, URI readiness) {

        boolean isReady() throws InterruptedException {
            HttpRequest question = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            try {
                return HTTP.send(question, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false; // it does not listen yet
            }
        }
    }

    private static Running start(Service service, int port) throws IOException {
        Access access = kafka.access(Objects.requireNonNull(IDENTITIES.get(service.name())));
        Map<String, String> here = Map.ofEntries(
                entry("kafka:9092", access.bootstrapServers()),
                entry("SASL_SSL", "SASL_PLAINTEXT"),
                entry(access.user() + "-secret", access.password()),
                entry("postgres:5432", postgres.host() + ":" + postgres.port()),
                entry("/var/lib/lifeline/credentials.json", keyset()),
                entry("TICKET_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
        Map<String, String> variables = PAGE.environment(service);
        here.forEach((there, value) -> variables.replaceAll((name, was) -> was.replace(there, value)));
        variables.put("SERVER_PORT", Integer.toString(port));
        Process process = java(service, variables, service.main());
        STARTED.add(process);
        return new Running(service, process, URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"));
    }

    private static Process java(Service service, String... mainAndArguments) throws IOException {
        return java(service, Map.of(), mainAndArguments);
    }

    private static Process java(Service service, Map<String, String> variables, String... mainAndArguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                service.classPath()));
        command.addAll(Arrays.asList(mainAndArguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(logOf(service).toFile());
        process.environment().clear();
        process.environment().putAll(variables);
        return process.start();
    }

    private static String keyset() {
        return directory.resolve("credentials.json").toString();
    }

    private static Path logOf(Service service) {
        return directory.resolve(service.name() + ".log");
    }

    private static String log(Service service) {
        try {
            return service.name() + " said:\n" + Files.readString(logOf(service));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
