package dev.lifeline.bench.decide;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.bench.policy.Agent;
import dev.lifeline.bench.policy.PolicyProcess;
import dev.lifeline.embedded.EmbeddedKafka;
import dev.lifeline.embedded.EmbeddedPostgres;
import dev.lifeline.embedded.Listener;
import dev.lifeline.embedded.Ports;
import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Topics;
import dev.lifeline.events.TrustTier;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.RuntimeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;

/** One instance of policy-service on stores that write through to the disk, and users who trust their agents. */
final class Stage implements AutoCloseable {

    static final int CONNECTIONS = 16;

    private static final int PARTITIONS = 4;
    private static final int USERS = 50;
    private static final String DATABASE = "bench";

    private final Path directory;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final Issuer issuer = new Issuer();
    private final HttpClient http = Agent.client();
    private final List<Agent> agents = new ArrayList<>();
    private final PolicyProcess policy;

    Stage(Path directory) throws Exception {
        this.directory = directory;
        kafka = EmbeddedKafka.in(directory.resolve("kafka"))
                .listener(Listener.plaintext("BENCH", Ports.free()))
                .build();
        postgres =
                EmbeddedPostgres.in(directory.resolve("postgres")).durable(true).build();
        // PostgreSQL is a process of its own, which would outlive a Ctrl-C
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        try {
            kafka.start();
            postgres.start();
            policy = start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    URI instance() {
        return policy.address();
    }

    /** One user's agent after the other. */
    Agent agent(int number) {
        return agents.get(number % agents.size());
    }

    /** As many connections as the instance has. */
    HikariDataSource database() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl(DATABASE));
        config.setUsername(EmbeddedPostgres.SUPERUSER);
        config.setPassword("postgres");
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    private PolicyProcess start() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(Topics.all().stream()
                            .map(topic -> topic.creation(PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        PolicyProcess started = PolicyProcess.begin(
                Map.of(
                        "spring.datasource.url",
                        postgres.jdbcUrl(DATABASE),
                        "spring.datasource.username",
                        EmbeddedPostgres.SUPERUSER,
                        "spring.datasource.password",
                        "postgres",
                        "spring.kafka.bootstrap-servers",
                        kafka.bootstrapServers(),
                        "lifeline.policy.issuer",
                        issuer.address(),
                        "lifeline.runtime.topics.create",
                        "false",
                        "lifeline.runtime.topics.partitions",
                        Integer.toString(PARTITIONS),
                        "lifeline.runtime.topics.replication",
                        "1"),
                directory.resolve("policy.log"));
        started.awaitReady();
        makeUsers(started.address());
        return started;
    }

    private void makeUsers(URI instance) throws Exception {
        try (EventRuntime runtime = new EventRuntime(
                "bench",
                KafkaClients.of(kafka.bootstrapServers()),
                RuntimeSettings.defaults(),
                new SimpleMeterRegistry(),
                ObservationRegistry.NOOP,
                Clock.systemUTC())) {
            AutonomySettings trusting = AutonomySettings.UNSET.with(TrustTier.HIGH_AUTONOMY);
            for (int i = 0; i < USERS; i++) {
                UUID user = UUID.randomUUID();
                runtime.publisher()
                        .publish(new UpdateAutonomySettings(
                                user, UUID.randomUUID(), user, ActorRole.USER, trusting, null));
                agents.add(new Agent(http, user, issuer.token(user)));
            }
        }
        for (Agent agent : agents) {
            while (!agent.propose(instance).body().contains("auto_execute")) {
                Thread.sleep(100);
            }
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        if (policy != null) {
            policy.close();
        }
        issuer.close();
        postgres.close();
        kafka.close();
    }
}
