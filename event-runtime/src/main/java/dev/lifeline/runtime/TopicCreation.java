package dev.lifeline.runtime;

import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.runtime.RuntimeSettings.TopicSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics of {@link Topics#all}, where a service has the right to, and verifies those that it uses: they are
 * there, and have equally many partitions, for all are partitioned by user id. The broker creates none by itself
 * ({@code auto.create.topics.enable=false} is assumed): a topic that springs up from a typing error has the wrong settings.
 */
public final class TopicCreation {

    private static final long TIMEOUT_SECONDS = 10;

    private final KafkaClients clients;
    private final TopicSettings settings;

    public TopicCreation(KafkaClients clients, TopicSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    /** Creates those of all topics that are missing; leaves the others as they are. */
    public void create() throws InterruptedException {
        try (Admin admin = connect()) {
            create(admin);
        }
    }

    /**
     * Sees to it that these topics are there.
     *
     * @throws TransientFailureException when Kafka is away, or a topic is missing that somebody else must create
     * @throws IllegalStateException when they differ in the number of partitions
     */
    void ensure(List<Topic> topics) throws InterruptedException {
        try (Admin admin = connect()) {
            if (settings.create()) {
                create(admin);
            }
            Collection<String> names = topics.stream().map(Topic::name).toList();
            Map<String, TopicDescription> found =
                    get(admin.describeTopics(names).allTopicNames(), "describe the topics " + names);
            long counts = found.values().stream()
                    .map(topic -> topic.partitions().size())
                    .distinct()
                    .count();
            if (counts > 1) {
                throw new IllegalStateException("the topics " + names + " must have equally many partitions; create"
                        + " those that differ anew");
            }
        }
    }

    /** A name that no server is known by may be known soon: where all start at once, those who look may be the first. */
    private Admin connect() {
        try {
            return clients.admin();
        } catch (KafkaException e) {
            throw new TransientFailureException("can not find Kafka at " + clients.servers(), e);
        }
    }

    private void create(Admin admin) throws InterruptedException {
        List<NewTopic> all = Topics.all().stream()
                .map(topic -> topic.creation(settings.partitions(), settings.replication()))
                .toList();
        for (Map.Entry<String, KafkaFuture<Void>> creation :
                admin.createTopics(all).values().entrySet()) {
            try {
                get(creation.getValue(), "create the topic " + creation.getKey());
            } catch (TransientFailureException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static <T> T get(KafkaFuture<T> answer, String what) throws InterruptedException {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new TransientFailureException("can not " + what, e.getCause());
        } catch (TimeoutException e) {
            throw new TransientFailureException("can not " + what + ": Kafka does not answer", e);
        }
    }
}
