package dev.lifeline.poller.scene;

import dev.lifeline.poller.PollerApplication;
import dev.lifeline.testing.Database;
import dev.lifeline.testing.KafkaBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** poller-service as it runs, over HTTP, against a real broker, database and provider. */
public final class RunningPoller implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final URI base;

    private RunningPoller(ConfigurableApplicationContext context, URI base) {
        this.context = context;
        this.base = base;
    }

    /** The address it is going to have. */
    public static URI freeAddress() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    public static RunningPoller start(
            URI address, Database database, KafkaBackend kafka, URI sandbox, Path home, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=" + PollerApplication.CONFIGURATION,
                "--spring.config.additional-location=classpath:sandbox.yaml",
                "--server.port=" + address.getPort(),
                "--lifeline.public-url=" + address,
                "--lifeline.ticket-key=" + TicketOffice.ENCODED_KEY,
                "--lifeline.poll-interval=1s",
                "--lifeline.poller.keyset-file=" + home.resolve("keyset.json"),
                "--lifeline.providers.sandbox.issuer=" + sandbox,
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password()));
        arguments.addAll(List.of(more));
        return new RunningPoller(
                new SpringApplicationBuilder(PollerApplication.class)
                        .registerShutdownHook(false)
                        .run(arguments.toArray(String[]::new)),
                address);
    }

    public URI uri(String path) {
        return base.resolve(path);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
