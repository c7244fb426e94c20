package dev.lifeline.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server in a container; taken away, it does not answer. */
final class ContainerPostgres implements PostgresBackend {

    private final PostgreSQLContainer container;
    private final AtomicInteger databases = new AtomicInteger();

    private ContainerPostgres(PostgreSQLContainer container) {
        this.container = container;
    }

    static PostgresBackend started() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18")
                .withUsername("postgres")
                .withPassword("postgres")
                .withDatabaseName("postgres")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
        container.start();
        return new ContainerPostgres(container);
    }

    @Override
    public Database freshDatabase() {
        String name = "test_" + databases.incrementAndGet();
        database("postgres").execute("CREATE DATABASE " + name);
        return database(name);
    }

    private Database database(String name) {
        return new Database(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                name,
                container.getUsername(),
                container.getPassword(),
                null);
    }

    @Override
    public void stop() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void start() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }
}
