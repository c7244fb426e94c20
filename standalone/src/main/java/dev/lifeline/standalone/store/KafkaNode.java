package dev.lifeline.standalone.store;

import dev.lifeline.embedded.EmbeddedKafka;
import dev.lifeline.embedded.Listener;
import dev.lifeline.embedded.Ports;
import dev.lifeline.events.Topics;
import dev.lifeline.standalone.CannotStartException;
import dev.lifeline.standalone.home.Home;
import dev.lifeline.standalone.home.Secrets;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Exit;

/**
 * The broker of {@code up}, with topics and permissions.
 *
 * <p>It has three listeners, all on loopback: {@code INTERNAL}, where services say who they are; the controller's, where
 * only the broker may; and {@code OUTSIDE}, at the port that subscribers know, where nobody needs a name and may
 * therefore only watch the health topic.
 */
public final class KafkaNode implements AutoCloseable {

    private static final String BROKER = "broker";
    private static final String FILE = "kafka-admin.properties";

    private final Home home;
    private final Map<Identity, Access> accesses;
    private final EmbeddedKafka kafka;

    private KafkaNode(Home home, Map<Identity, Access> accesses, EmbeddedKafka kafka) {
        this.home = home;
        this.accesses = accesses;
        this.kafka = kafka;
    }

    /** The broker of that home, not started. */
    public static KafkaNode of(Home home, Secrets secrets, int outsidePort) {
        Listener internal = new Listener("INTERNAL", Ports.LOOPBACK, Ports.free(), SecurityProtocol.SASL_PLAINTEXT);
        Listener controller = new Listener("CONTROLLER", Ports.LOOPBACK, Ports.free(), SecurityProtocol.SASL_PLAINTEXT);
        Map<Identity, Access> accesses = Arrays.stream(Identity.values())
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        identity -> new Access(
                                internal.address(),
                                identity.userName(),
                                secrets.password("kafka." + identity.userName()))));
        String brokerPassword = secrets.password("kafka." + BROKER);
        Map<String, String> services =
                accesses.values().stream().collect(Collectors.toMap(Access::user, Access::password));
        EmbeddedKafka kafka = EmbeddedKafka.in(home.kafka())
                .listener(internal)
                .listener(Listener.plaintext("OUTSIDE", outsidePort))
                .controller(controller)
                .setting("sasl.enabled.mechanisms", "PLAIN")
                .setting("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .setting("sasl.mechanism.controller.protocol", "PLAIN")
                .setting("listener.name.internal.plain.sasl.jaas.config", listener(brokerPassword, services))
                .setting("listener.name.controller.plain.sasl.jaas.config", listener(brokerPassword, Map.of()))
                .setting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .setting("allow.everyone.if.no.acl.found", "false")
                // There is no other broker that has it: what is acknowledged is on the disk.
                .setting("log.flush.interval.messages", "1")
                .setting("super.users", "User:" + BROKER + ";User:" + Identity.ADMIN.userName())
                .build();
        return new KafkaNode(home, accesses, kafka);
    }

    private static String listener(String brokerPassword, Map<String, String> services) {
        Map<String, String> users = new HashMap<>(services);
        users.put(BROKER, brokerPassword);
        return Jaas.listener(BROKER, brokerPassword, users);
    }

    /**
     * Has something done before Kafka ends this process, as it does by itself where it can not write any more: at once,
     * and without what is registered to be done then.
     */
    public static void beforeItEndsTheProcess(Runnable last) {
        Exit.Procedure end = (status, message) -> {
            synchronized (last) {
                try {
                    last.run();
                } finally {
                    Runtime.getRuntime().halt(status);
                }
            }
        };
        Exit.setHaltProcedure(end);
        Exit.setExitProcedure(end);
    }

    /** Starts the broker; returns once topics and permissions are as they should be. */
    public void start() throws IOException {
        kafka.start();
        home.writePrivately(FILE, access(Identity.ADMIN).kcatLines());
        try (Admin admin = Admin.create(access(Identity.ADMIN).clientProperties())) {
            admin.createAcls(Permissions.all()).all().get();
            createMissingTopics(admin);
            configureTopics(admin);
        } catch (ExecutionException e) {
            throw new CannotStartException("Kafka's topics could not be prepared: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("interrupted while preparing Kafka's topics", e);
        }
    }

    private static void createMissingTopics(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<NewTopic> missing = Topics.all().stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(topic -> topic.creation(Topics.DEFAULT_PARTITIONS, (short) 1))
                .toList();
        admin.createTopics(missing).all().get();
    }

    /** What an earlier version has created may be configured in another way. */
    private static void configureTopics(Admin admin) throws ExecutionException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> wanted = Topics.all().stream()
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                        topic -> topic.configuration().entrySet().stream()
                                .map(each -> new ConfigEntry(each.getKey(), each.getValue()))
                                .map(each -> new AlterConfigOp(each, AlterConfigOp.OpType.SET))
                                .toList()));
        admin.incrementalAlterConfigs(wanted).all().get();
    }

    /** How that identity reaches the broker. */
    public Access access(Identity identity) {
        return Objects.requireNonNull(accesses.get(identity));
    }

    @Override
    public void close() {
        kafka.close();
    }
}
