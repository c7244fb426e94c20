package dev.lifeline.runtime;

import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.Topics;
import io.micrometer.core.instrument.Gauge;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes what transactions of a service's own say has happened: transactions that no record caused, such as those that
 * answer an HTTP request. What is appended becomes durable with the transaction, and is published after it, at least once and
 * under the same {@code ce_id}, in the order of {@link #append}: what one transaction appends lies behind what it could see.
 *
 * <p>Its rows lie in the table {@code outbox}, beside those of folds. Every instance publishes whatever waits, whoever
 * appended it, one instance at a time: so that nothing waits for an instance that is gone.
 */
public final class ServiceOutbox implements SmartLifecycle {

    private static final int PAGE = 1_000;
    private static final int ANOTHERS = -1;
    private static final long IDLE_MILLIS = 100;

    /** What comes within this time after a round goes together: a round costs for one event nearly what it does for many. */
    private static final long GATHER_MILLIS = 20;

    private final String name;
    private final TopicPartition lane;
    private final Outbox outbox;
    private final Transactions transactions;
    private final Publisher publisher;
    private final Codec codec;
    private final Outage outage;
    private final Semaphore woken = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private volatile long publishedNanos = System.nanoTime();

    ServiceOutbox(String name, DataSource database, EventRuntime runtime) {
        this.name = name;
        this.lane = new TopicPartition("", 0);
        this.outbox = new Outbox(name);
        this.transactions = new Transactions(database);
        this.publisher = runtime.publisher();
        this.codec = runtime.codec();
        this.outage = new Outage("Publishing of " + name, runtime.settings().maxBackOff());
        Gauge.builder("lifeline.outbox.age.seconds", this, ServiceOutbox::ageSeconds)
                .tag("outbox", name)
                .register(runtime.meters());
    }

    /**
     * Puts messages behind those that wait, within a transaction that the caller commits: with the last of its statements.
     * They continue the trace of the caller.
     *
     * @throws PublishFailedException when nothing is known yet of a topic, and Kafka does not say; may be tried again
     */
    public void append(Statements last, List<? extends Message> messages) throws SQLException {
        String traceparent = messages.isEmpty() ? null : publisher.traceparent();
        outbox.append(
                last,
                lane,
                messages.stream().map(message -> unsent(message, traceparent)).toList());
    }

    /** Says that a transaction which appended has committed; else what it appended is found a moment later. */
    public void committed() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    String name() {
        return name;
    }

    /** Why nothing is published at the moment; absent when all is well. */
    public @Nullable String complaint() {
        return outage.reason();
    }

    @Override
    public void start() {
        Thread relaying = Thread.ofVirtual().name("service-outbox").unstarted(this::run);
        thread = relaying; // first, for it runs as long as this says so
        relaying.start();
    }

    /** Ends after the round that is under way. */
    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        committed();
        try {
            if (running != null) {
                running.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            while (isRunning()) {
                woken.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                woken.drainPermits();
                relay();
                Thread.sleep(GATHER_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void relay() throws InterruptedException {
        try {
            int published;
            do {
                published = round();
            } while (isRunning() && published == PAGE); // a full page: more may wait
            if (published != ANOTHERS) {
                publishedNanos = System.nanoTime();
                outage.over();
            }
        } catch (SQLException | RuntimeException e) {
            woken.tryAcquire(outage.failed(e), TimeUnit.MILLISECONDS);
        }
    }

    /** How long ago nothing was left to publish, as this instance saw it. */
    private double ageSeconds() {
        return (System.nanoTime() - publishedNanos) / 1e9;
    }

    /** How many rows were published; or {@link #ANOTHERS}, who alone knows whether that succeeds. */
    private int round() throws SQLException {
        return transactions.run(tx -> {
            if (!outbox.tryLock(tx, lane)) {
                return ANOTHERS; // whoever has it looks again after its round
            }
            List<OutboxRow> rows = outbox.read(tx, lane, PAGE);
            if (!rows.isEmpty()) {
                CompletableFuture<?>[] published = rows.stream()
                        .flatMap(row ->
                                row.records().stream().map(record -> publisher.publishAsync(record, row.createdAt())))
                        .toArray(CompletableFuture<?>[]::new);
                Publisher.await(CompletableFuture.allOf(published));
                outbox.remove(tx, lane, rows);
            }
            return rows.size();
        });
    }

    private OutboxRecord unsent(Message message, @Nullable String traceparent) {
        String topic = Topics.of(message).name();
        return new OutboxRecord(
                UUID.randomUUID(),
                topic,
                publisher.partitionOf(message.userId(), topic),
                message.key(),
                Codec.typeOf(message),
                codec.encode(message),
                traceparent);
    }
}
