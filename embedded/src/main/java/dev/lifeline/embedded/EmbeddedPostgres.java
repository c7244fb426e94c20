package dev.lifeline.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A PostgreSQL server beside this process, whose data survives a restart and a kill of either.
 *
 * <p>It listens on loopback only and demands passwords (scram-sha-256) of everybody. It is a process of its own: when this
 * one is killed it lives on, so {@link #start()} first stops one that an earlier process left on the same data. Data is
 * written through to the disk unless {@link Builder#durable(boolean)} says otherwise.
 *
 * <p>It can be stopped and started again at the same port. Not safe for use by several threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The superuser. */
    public static final String SUPERUSER = "postgres";

    private final Path directory;
    private final Path binariesParent;
    private final int port;
    private final String password;
    private final Map<String, String> settings;
    private boolean running;

    private EmbeddedPostgres(Builder builder) {
        directory = builder.directory;
        binariesParent = builder.binaries;
        port = builder.port;
        password = builder.password;
        settings = Map.copyOf(builder.settings);
    }

    /** A server that keeps its data in that directory, which is made where it is missing. */
    public static Builder in(Path directory) {
        return new Builder(directory);
    }

    /**
     * Stops a server that runs on the same data though this object has not started it; {@link #start()} does so too.
     *
     * @throws EmbeddedStartException when it can not be stopped
     */
    public void stopLeftover() {
        if (running || !Files.isDirectory(data())) {
            return;
        }
        try {
            commands().stopLeftover(data());
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "PostgreSQL left running on " + directory + " could not be stopped: " + e.getMessage(), e);
        }
    }

    /**
     * Starts the server, after stopping one that was left on the same data, and returns once it accepts connections.
     *
     * @throws EmbeddedStartException when it can not be started; the message ends with the server's own last words
     */
    public void start() {
        if (running) {
            return;
        }
        try {
            Files.createDirectories(directory);
            PostgresCommands commands = commands();
            Directories.createWhole(data(), unfinished -> commands.initialise(unfinished, SUPERUSER, password));
            commands.stopLeftover(data());
            if (binariesParent.equals(directory)) {
                PostgresBinaries.in(directory).deleteOthers();
            }
            commands.start(data(), serverOptions());
            running = true;
        } catch (IOException | RuntimeException e) {
            throw new EmbeddedStartException(
                    "PostgreSQL could not be started on " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Stops the server in good order: open transactions are rolled back, clients are disconnected. */
    public void stop() {
        stop("fast");
    }

    /** Stops the server as a crash would, so that the next start recovers from its log. */
    public void crash() {
        stop("immediate");
    }

    private void stop(String mode) {
        if (!running) {
            return;
        }
        running = false;
        try {
            commands().stop(data(), mode);
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL on " + directory + " could not be stopped", e);
        }
    }

    public boolean isRunning() {
        return running;
    }

    public String host() {
        return Ports.LOOPBACK;
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port + "/" + database;
    }

    /** A new connection of the superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password);
    }

    @Override
    public void close() {
        stop();
    }

    private PostgresCommands commands() throws IOException {
        return new PostgresCommands(PostgresBinaries.in(binariesParent), RunAs.forOwnerOf(directory), directory);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private List<String> serverOptions() {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("listen_addresses", host());
        all.put("port", Integer.toString(port));
        all.put("unix_socket_directories", "");
        List<String> options = new ArrayList<>();
        all.forEach((name, value) -> options.add("-c " + name + "=" + value));
        return options;
    }

    /** What a server needs to know before it starts. */
    public static final class Builder {

        private final Path directory;
        private final Map<String, String> settings = new TreeMap<>();
        private Path binaries;
        private int port = Ports.free();
        private String password = "postgres";

        private Builder(Path directory) {
            this.directory = directory.toAbsolutePath();
            this.binaries = this.directory;
            settings.put("max_connections", "100");
            settings.put("shared_buffers", "32MB");
            settings.put("max_wal_size", "256MB");
            settings.put("log_checkpoints", "off");
            settings.put("timezone", "UTC");
            durable(true);
        }

        /** The port on loopback; else one that was free when the builder was made. */
        public Builder port(int chosen) {
            port = chosen;
            return this;
        }

        /** The superuser's password, which holds from the first start on. */
        public Builder password(String chosen) {
            password = chosen;
            return this;
        }

        /** Whether a commit waits until it is on the disk. Leave it on unless the data may be lost, as in tests. */
        public Builder durable(boolean chosen) {
            String value = chosen ? "on" : "off";
            settings.put("fsync", value);
            settings.put("synchronous_commit", value);
            settings.put("full_page_writes", value);
            return this;
        }

        /** Where the server's programs are unpacked; else in its own directory. Several servers may share them. */
        public Builder binaries(Path parent) {
            binaries = parent.toAbsolutePath();
            return this;
        }

        /** Any setting of the server, its value without blanks. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** The server, not started. */
        public EmbeddedPostgres build() {
            return new EmbeddedPostgres(this);
        }
    }
}
