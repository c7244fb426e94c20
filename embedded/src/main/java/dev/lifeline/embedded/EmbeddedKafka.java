package dev.lifeline.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka node, broker and controller, in this process, whose data survives a restart and a kill.
 *
 * <p>It is Kafka's own server ({@link KafkaRaftServer}) with settings for one node on a small machine: topics are not
 * created by mention, internal topics have one replica and few partitions, threads and buffers are few. The directory is
 * formatted on the first start, into a directory beside it that is then renamed, so that there is no half-formatted one.
 *
 * <p>It can be stopped and started again, at the same addresses, as often as one likes. Not safe for use by several
 * threads.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE_ID = 1;

    private final Path directory;
    private final List<Listener> listeners;
    private final Map<String, String> settings;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Path directory, List<Listener> listeners, Map<String, String> settings) {
        this.directory = directory;
        this.listeners = List.copyOf(listeners);
        this.settings = Map.copyOf(settings);
    }

    /** A node that keeps its data in that directory, which is made where it is missing. */
    public static Builder in(Path directory) {
        return new Builder(directory);
    }

    /**
     * Starts the node and returns once it serves clients.
     *
     * @throws EmbeddedStartException when the directory is not usable or a port is taken; nothing is left running
     */
    public void start() {
        if (server != null) {
            return;
        }
        for (Listener listener : listeners) {
            Ports.obstacle(listener.host(), listener.port()).ifPresent(obstacle -> {
                throw new EmbeddedStartException("Kafka could not be started: " + listener.address() + " " + obstacle);
            });
        }
        KafkaRaftServer starting = null;
        try {
            Directories.createWhole(directory, this::format);
            starting = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
            starting.startup();
            server = starting;
        } catch (IOException | RuntimeException e) {
            if (starting != null) {
                starting.shutdown();
            }
            throw new EmbeddedStartException("Kafka could not be started on " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Stops the node, its data kept; returns when it is down. */
    public void stop() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    public boolean isRunning() {
        return server != null;
    }

    /** The first listener's address. */
    public String bootstrapServers() {
        return listeners.getFirst().address();
    }

    @Override
    public void close() {
        stop();
    }

    private void format(Path unformatted) throws IOException {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(CONTROLLER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setMetadataLogDirectory(unformatted.toString())
                    .addDirectory(unformatted.toString())
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("formatting failed: " + e.getMessage(), e);
        }
        if (!Files.exists(unformatted.resolve("meta.properties"))) {
            throw new IOException("formatting left no meta.properties in " + unformatted);
        }
    }

    /** What a node needs to know before it starts. */
    public static final class Builder {

        private final Path directory;
        private final List<Listener> listeners = new ArrayList<>();
        private final Map<String, String> settings = new HashMap<>();
        private Listener controller = Listener.plaintext(CONTROLLER, Ports.free());

        private Builder(Path directory) {
            this.directory = directory.toAbsolutePath();
            settings.putAll(SmallNode.SETTINGS);
        }

        /** Adds a listener; the first one is also the broker's own. */
        public Builder listener(Listener listener) {
            listeners.add(listener);
            return this;
        }

        /** The controller's listener; else one on a free port of loopback, without authentication. */
        public Builder controller(Listener listener) {
            if (!listener.name().equals(CONTROLLER)) {
                throw new IllegalArgumentException("the controller's listener is called " + CONTROLLER);
            }
            controller = listener;
            return this;
        }

        /** Any setting of Kafka's broker, instead of what this class would choose. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** The node, not started. */
        public EmbeddedKafka build() {
            if (listeners.isEmpty()) {
                throw new IllegalStateException("a broker needs at least one listener");
            }
            List<Listener> all = new ArrayList<>(listeners);
            all.add(controller);
            Map<String, String> complete = new HashMap<>(settings);
            complete.put("node.id", Integer.toString(NODE_ID));
            complete.put("process.roles", "broker,controller");
            complete.put("log.dirs", directory.toString());
            complete.put("listeners", all.stream().map(Listener::endpoint).collect(Collectors.joining(",")));
            complete.put(
                    "advertised.listeners",
                    listeners.stream().map(Listener::endpoint).collect(Collectors.joining(",")));
            complete.put(
                    "listener.security.protocol.map",
                    all.stream().map(l -> l.name() + ":" + l.protocol()).collect(Collectors.joining(",")));
            complete.put("inter.broker.listener.name", listeners.getFirst().name());
            complete.put("controller.listener.names", CONTROLLER);
            complete.put("controller.quorum.voters", NODE_ID + "@" + controller.address());
            return new EmbeddedKafka(directory, all, complete);
        }
    }
}
