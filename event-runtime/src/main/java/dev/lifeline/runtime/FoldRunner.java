package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import dev.lifeline.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Runs a {@link Fold} in the background, on as many threads as are set: from the topics being there, over each record, to the
 * acknowledgement of what it wants published. See {@link EventRuntime} for what it promises.
 */
public final class FoldRunner<M extends Message> implements EventConsumer {

    private static final long POLL_MILLIS = 100;

    private final Fold<M> fold;
    private final EventRuntime runtime;
    private final OutboxRelay relay;
    private final LogRange range;
    private final FoldTransaction<M> transaction;
    private final List<FoldConsumer<M>> consumers = new ArrayList<>();
    private final List<KafkaMessageListenerContainer<byte[], byte[]>> containers = new ArrayList<>();
    private final TopicGate gate;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    FoldRunner(Fold<M> fold, DataSource database, EventRuntime runtime) {
        this.fold = fold;
        this.runtime = runtime;
        FoldMeters meters = new FoldMeters(runtime.meters(), fold.name());
        Transactions transactions = new Transactions(database);
        this.relay = new OutboxRelay(fold.name(), transactions, runtime, meters);
        this.range = new LogRange(runtime.clients());
        this.transaction =
                new FoldTransaction<>(fold, transactions, new LiveEffects(fold, runtime), runtime.codec(), meters);
        this.gate = new TopicGate(
                fold.name(), runtime, List.of(fold.topic(), Topics.deadLetters(fold.topic())), this::consume);
        for (int thread = 0; thread < runtime.settings().foldThreads(); thread++) {
            addConsumer(thread);
        }
        meters.watch(this, FoldRunner::lag, FoldRunner::ageSeconds);
    }

    /** Begins in the background, as soon as Kafka answers and the topics are there. */
    @Override
    public void start() {
        running = true;
        gate.open();
    }

    /** Ends after the transactions that are under way. */
    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        gate.close();
        AtOnce.forEach(containers, KafkaMessageListenerContainer::stop);
        relay.stop();
        range.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String name() {
        return fold.name();
    }

    @Override
    public List<String> complaints() {
        if (!running) {
            return List.of("not started");
        }
        if (!gate.passed()) {
            return gate.complaints();
        }
        Stream<String> ended = containers.stream()
                .filter(container -> !container.isRunning())
                .map(container -> "a consumer has ended; see the log");
        Stream<String> folding = consumers.stream().flatMap(consumer -> consumer.complaints().stream());
        return Stream.of(ended, folding, Stream.ofNullable(relay.complaint()))
                .flatMap(all -> all)
                .toList();
    }

    /** How many records wait in the partitions that are folded here. */
    public long lag() {
        return consumers.stream().mapToLong(FoldConsumer::lag).sum();
    }

    private double ageSeconds() {
        return consumers.stream()
                .mapToDouble(consumer -> consumer.age().toMillis() / 1000.0)
                .max()
                .orElse(0);
    }

    private void consume() {
        containers.forEach(KafkaMessageListenerContainer::start); // one that runs already goes on
        relay.start();
    }

    private void addConsumer(int thread) {
        ContainerProperties properties = new ContainerProperties(fold.topic().name());
        properties.setGroupId(fold.name());
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
        properties.setPollTimeout(POLL_MILLIS);
        properties.setAuthExceptionRetryInterval(runtime.settings().maxBackOff());
        properties.setShutdownTimeout(Duration.ofSeconds(30).toMillis());
        FoldConsumer<M> consumer = new FoldConsumer<>(
                fold,
                transaction,
                relay,
                range,
                runtime.settings(),
                millis -> stopped.await(millis, TimeUnit.MILLISECONDS));
        ConsumerFactory<byte[], byte[]> clients =
                runtime.clients().foldConsumers(runtime.settings().maxPollRecords());
        clients.addPostProcessor(client -> TimedPolls.of(client, () -> consumer.beforePoll(client)));
        KafkaMessageListenerContainer<byte[], byte[]> container =
                new KafkaMessageListenerContainer<>(clients, properties);
        container.setupMessageListener(consumer);
        container.getContainerProperties().setConsumerRebalanceListener(consumer);
        container.setBeanName(fold.name() + "-" + thread);
        container.setClientIdSuffix("-" + thread);
        container.setCommonErrorHandler(new Reposition(consumer));
        consumers.add(consumer);
        containers.add(container);
    }

    /** What the consumer has no answer to itself: nothing is ever skipped, the stored offset is read again. */
    private record Reposition(FoldConsumer<?> folding) implements CommonErrorHandler {

        @Override
        public void handleOtherException(
                Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batch) {
            if (thrown instanceof OffsetOutOfRangeException outOfRange) {
                folding.outOfRange(outOfRange, consumer);
            } else {
                folding.fault(thrown, consumer);
            }
        }

        @Override
        public void handleBatch(
                Exception thrown,
                ConsumerRecords<?, ?> records,
                Consumer<?, ?> consumer,
                MessageListenerContainer container,
                Runnable listener) {
            folding.fault(thrown, consumer);
        }
    }
}
