package dev.lifeline.testing;

import dev.lifeline.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A server beside this process. */
final class EmbeddedPostgresBackend implements PostgresBackend {

    private static final String PASSWORD = "postgres";

    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    private EmbeddedPostgresBackend(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static PostgresBackend started() {
        Slot slot = Slot.take("postgres");
        EmbeddedPostgres postgres = EmbeddedPostgres.in(slot.directory())
                .binaries(Path.of(System.getProperty("java.io.tmpdir"), "lifeline-" + System.getProperty("user.name")))
                .password(PASSWORD)
                .durable(false)
                .setting("max_connections", "200")
                .build();
        postgres.stopLeftover();
        slot.clear();
        postgres.start();
        slot.atExit(postgres::stop);
        return new EmbeddedPostgresBackend(postgres);
    }

    @Override
    public Database freshDatabase() {
        Database server = database("postgres");
        String name = "test_" + databases.incrementAndGet();
        server.execute("CREATE DATABASE " + name);
        return database(name);
    }

    private Database database(String name) {
        return new Database(postgres.host(), postgres.port(), name, EmbeddedPostgres.SUPERUSER, PASSWORD, null);
    }

    @Override
    public synchronized void stop() {
        postgres.stop();
    }

    @Override
    public synchronized void start() {
        postgres.start();
    }
}
