package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UnreadableMessageException;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BackOffHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Feeds a {@link CommandHandler} in the background, one command at a time, and commits its offset to Kafka once it is done.
 * See {@link EventRuntime} for what it promises.
 */
public final class CommandConsumer<C extends Message> implements EventConsumer {

    private static final Logger log = LoggerFactory.getLogger(CommandConsumer.class);

    private final CommandHandler<C> handler;
    private final EventRuntime runtime;
    private final RecordReader<C> reader;
    private final KafkaMessageListenerContainer<byte[], byte[]> container;
    private final TopicGate gate;
    private final Counter handled;
    private final Counter ignored;
    private final Outage outage;
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    CommandConsumer(CommandHandler<C> handler, EventRuntime runtime) {
        this.handler = handler;
        this.runtime = runtime;
        this.reader = new RecordReader<>(runtime.codec(), handler.family());
        this.handled = runtime.meters().counter("lifeline.commands.handled", "handler", handler.name());
        this.ignored = runtime.meters().counter("lifeline.commands.ignored", "handler", handler.name());
        this.outage =
                new Outage("Handling of " + handler.name(), runtime.settings().maxBackOff());
        this.container = container();
        this.gate = new TopicGate(
                handler.name(),
                runtime,
                List.of(handler.topic(), Topics.deadLetters(handler.topic())),
                container::start);
    }

    /** Begins in the background, as soon as Kafka answers and the topics are there. */
    @Override
    public void start() {
        running = true;
        stopped = new CountDownLatch(1);
        gate.open();
    }

    /** Ends after the command that is being handled. */
    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        gate.close();
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String name() {
        return handler.name();
    }

    @Override
    public List<String> complaints() {
        if (!running) {
            return List.of("not started");
        }
        if (!gate.passed()) {
            return gate.complaints();
        }
        if (!container.isRunning()) {
            return List.of("its consumer has ended; see the log");
        }
        return Optional.ofNullable(outage.reason()).stream().toList();
    }

    private void consume(ConsumerRecord<byte[], byte[]> record) {
        try {
            Received<C> command = read(record);
            if (command != null) {
                handle(command, record);
            }
            outage.over();
        } catch (RuntimeException e) {
            outage.failed(e);
            throw e;
        }
    }

    /** The command; absent when there is none to carry out. */
    private @Nullable Received<C> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            Optional<Received<C>> command = reader.read(record);
            if (command.isEmpty()) {
                ignored.increment();
            }
            return command.orElse(null);
        } catch (UnreadableMessageException e) {
            Publisher.await(runtime.deadLetters().send(handler.topic(), record, DeadLetters.Stage.DECODE, e));
            return null;
        }
    }

    private void handle(Received<C> command, ConsumerRecord<byte[], byte[]> record) {
        try {
            handler.handle(command);
            handled.increment();
        } catch (RuntimeException e) {
            if (Failures.passing(e)) {
                throw e;
            }
            log.error("{} can not handle {}", handler.name(), command.at(), e);
            Publisher.await(runtime.deadLetters().send(handler.topic(), record, DeadLetters.Stage.HANDLE, e));
        }
    }

    private KafkaMessageListenerContainer<byte[], byte[]> container() {
        ContainerProperties properties = new ContainerProperties(handler.topic().name());
        properties.setGroupId(handler.name());
        properties.setAckMode(ContainerProperties.AckMode.RECORD);
        properties.setAuthExceptionRetryInterval(runtime.settings().maxBackOff());
        properties.setShutdownTimeout(Duration.ofSeconds(30).toMillis());
        properties.setObservationEnabled(true);
        properties.setObservationRegistry(runtime.observations());
        properties.setMessageListener((MessageListener<byte[], byte[]>) this::consume);
        KafkaMessageListenerContainer<byte[], byte[]> consumer =
                new KafkaMessageListenerContainer<>(runtime.clients().commandConsumers(), properties);
        consumer.setBeanName(handler.name());
        consumer.setCommonErrorHandler(retryForEver());
        return consumer;
    }

    private DefaultErrorHandler retryForEver() {
        ExponentialBackOff backOff = new ExponentialBackOff(100, 2);
        backOff.setMaxInterval(runtime.settings().maxBackOff().toMillis());
        DefaultErrorHandler retry = new DefaultErrorHandler(
                (record, failure) -> {
                    throw new IllegalStateException("a command is never given up", failure);
                },
                backOff,
                new Sleep());
        retry.setLogLevel(org.springframework.kafka.KafkaException.Level.DEBUG);
        return retry;
    }

    /** Spring's own goes by the host's clock, which may be set back. */
    private final class Sleep implements BackOffHandler {

        @Override
        public void onNextBackOff(
                @Nullable MessageListenerContainer container, @Nullable Exception failure, long millis) {
            try {
                stopped.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
