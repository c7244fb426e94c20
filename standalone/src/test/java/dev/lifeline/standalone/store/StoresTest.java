package dev.lifeline.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lifeline.embedded.Ports;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.standalone.home.Home;
import dev.lifeline.standalone.home.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each may do at the stores, tried against the real ones. */
class StoresTest {

    private static final int OUTSIDE = Ports.free();
    private static final Map<String, Object> ANYBODY = Map.of("bootstrap.servers", Ports.LOOPBACK + ":" + OUTSIDE);

    @TempDir
    static Path directory;

    private static Home home;
    private static KafkaNode kafka;
    private static PostgresNode postgres;

    @BeforeAll
    static void start() throws Exception {
        home = Home.take(directory);
        Secrets secrets = Secrets.of(home);
        kafka = KafkaNode.of(home, secrets, OUTSIDE);
        postgres = PostgresNode.of(home, secrets, Ports.free());
        secrets.keep();
        kafka.start();
        postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
        postgres.close();
        home.close();
    }

    @Test
    void the_poller_writes_facts_and_reads_commands() {
        assertThat(readable(as(Identity.POLLER))).containsExactly("lifeline.connector.commands");
        assertThat(writable(as(Identity.POLLER)))
                .containsExactly("lifeline.connector.commands.dlt", "lifeline.connector.events");
    }

    @Test
    void the_projector_reads_facts_and_writes_health_which_it_reads_to_prove_what_it_keeps() {
        assertThat(readable(as(Identity.PROJECTOR)))
                .containsExactly(
                        "lifeline.action.events",
                        "lifeline.autonomy.events",
                        "lifeline.connector.events",
                        "lifeline.connector.health",
                        "lifeline.user.events");
        assertThat(writable(as(Identity.PROJECTOR)))
                .containsExactly(
                        "lifeline.action.events.dlt",
                        "lifeline.autonomy.events.dlt",
                        "lifeline.connector.events.dlt",
                        "lifeline.connector.health",
                        "lifeline.user.events.dlt");
    }

    @Test
    void the_policy_service_reads_commands_and_health_and_writes_what_it_decides() {
        assertThat(readable(as(Identity.POLICY)))
                .containsExactly("lifeline.autonomy.commands", "lifeline.connector.health");
        assertThat(writable(as(Identity.POLICY)))
                .containsExactly(
                        "lifeline.action.events",
                        "lifeline.autonomy.commands.dlt",
                        "lifeline.autonomy.events",
                        "lifeline.connector.health.dlt");
    }

    @Test
    void the_query_api_writes_commands_and_reads_nothing() {
        assertThat(readable(as(Identity.QUERY))).isEmpty();
        assertThat(writable(as(Identity.QUERY)))
                .containsExactly("lifeline.autonomy.commands", "lifeline.connector.commands");
    }

    @Test
    void anybody_outside_watches_health_and_does_nothing_else() {
        assertThat(readable(ANYBODY)).containsExactly("lifeline.connector.health");
        assertThat(writable(ANYBODY)).isEmpty();
        joins(ANYBODY, "subscriber-of-mine");
        assertThatThrownBy(() -> joins(ANYBODY, "any-group")).isInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> joins(ANYBODY, "lifeline-projector-connector-health"))
                .isInstanceOf(AuthorizationException.class);
        try (var consumer = consumer(ANYBODY)) {
            assertThat(consumer.listTopics().keySet()).containsExactly("lifeline.connector.health");
        }
    }

    @Test
    void the_operator_does_everything() {
        Set<String> all = Topics.all().stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));

        assertThat(readable(as(Identity.ADMIN))).containsExactlyElementsOf(all);
        assertThat(writable(as(Identity.ADMIN))).containsExactlyElementsOf(all);
    }

    @Test
    void services_join_groups_of_their_own_name_only() {
        joins(as(Identity.PROJECTOR), "lifeline-projector-connector-health");

        assertThatThrownBy(() -> joins(as(Identity.PROJECTOR), "lifeline-poller-commands"))
                .isInstanceOf(AuthorizationException.class);
    }

    @ParameterizedTest
    @EnumSource(Identity.class)
    void a_wrong_password_opens_nothing(Identity identity) {
        Access real = kafka.access(identity);
        Access guessed = new Access(real.bootstrapServers(), real.user(), "guessed");

        try (var consumer = consumer(guessed.clientProperties())) {
            assertThatThrownBy(consumer::listTopics).isInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void the_operators_files_are_private_and_say_what_it_takes() throws Exception {
        Properties operator = properties("kafka-admin.properties");
        Properties database = properties("postgres.properties");

        assertThat(operator).containsEntry("sasl.username", "admin").containsKeys("bootstrap.servers", "sasl.password");
        assertThat(database).containsOnlyKeys("host", "port", "database", "user", "password");
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://" + database.get("host") + ":" + database.get("port") + "/"
                        + database.get("database"),
                database.getProperty("user"),
                database.getProperty("password"))) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void each_role_owns_its_schema_and_sees_no_other() throws Exception {
        execute(Role.POLLER, "CREATE TABLE secret (v text)");

        assertThatThrownBy(() -> execute(Role.PROJECTOR, "SELECT * FROM poller.secret"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> execute(Role.QUERY, "CREATE TABLE read_model.t (v text)"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> execute(Role.QUERY, "CREATE TABLE public.t (v text)"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> execute(Role.QUERY, "CREATE SCHEMA mine")).hasMessageContaining("permission denied");
    }

    @Test
    void topics_of_an_earlier_version_get_what_they_are_configured_with_now() throws Exception {
        ConfigResource health = new ConfigResource(ConfigResource.Type.TOPIC, Topics.CONNECTOR_HEALTH.name());
        try (Admin admin = Admin.create(as(Identity.ADMIN))) {
            AlterConfigOp unset = new AlterConfigOp(
                    new ConfigEntry(TopicConfig.DELETE_RETENTION_MS_CONFIG, null), AlterConfigOp.OpType.DELETE);
            admin.incrementalAlterConfigs(Map.of(health, List.of(unset))).all().get();

            kafka.start();

            await().untilAsserted(() -> assertThat(
                            admin.describeConfigs(List.of(health)).all().get().values())
                    .extracting(config ->
                            config.get(TopicConfig.DELETE_RETENTION_MS_CONFIG).value())
                    .containsExactly("2592000000"));
        }
    }

    private static void execute(Role role, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), role.name(), postgres.password(role));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Properties properties(String name) throws Exception {
        Path file = directory.resolve(name);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static Map<String, Object> as(Identity identity) {
        return new HashMap<>(kafka.access(identity).clientProperties());
    }

    private static Set<String> readable(Map<String, Object> client) {
        try (var consumer = consumer(client)) {
            return Topics.all().stream()
                    .map(Topic::name)
                    .filter(topic -> reads(consumer, new TopicPartition(topic, 0)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean reads(KafkaConsumer<String, String> consumer, TopicPartition partition) {
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            consumer.poll(Duration.ofMillis(300));
            return consumer.endOffsets(List.of(partition), Duration.ofSeconds(5))
                    .containsKey(partition);
        } catch (AuthorizationException e) {
            return false;
        }
    }

    private static Set<String> writable(Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("max.block.ms", 5000);
        return Topics.all().stream()
                .map(Topic::name)
                .filter(topic -> writes(properties, topic))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean writes(Map<String, Object> properties, String topic) {
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, "key", "value")).get();
            return true;
        } catch (ExecutionException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void joins(Map<String, Object> client, String group) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("group.id", group);
        TopicPartition partition = new TopicPartition(Topics.CONNECTOR_HEALTH.name(), 0);
        try (var consumer = consumer(properties)) {
            consumer.committed(Set.of(partition), Duration.ofSeconds(10));
        }
    }

    private static KafkaConsumer<String, String> consumer(Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("enable.auto.commit", "false");
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }
}
