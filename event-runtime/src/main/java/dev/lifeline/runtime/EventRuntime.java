package dev.lifeline.runtime;

import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Clock;
import javax.sql.DataSource;

/**
 * How Lifeline uses Kafka: the one door through which services publish, fold and carry out commands, so that none carries a
 * Kafka configuration of its own.
 *
 * <h2>The log is the truth</h2>
 *
 * <p>Every fact is a record on a topic, every table is a fold of topics. All topics are partitioned by user id, so what
 * concerns one user is in order, and one consumer sees all of it. A record is JSON with its envelope in headers ({@link
 * dev.lifeline.events.CloudEvent}).
 *
 * <h2>Publishing</h2>
 *
 * <p>{@link Publisher#publish} returns when every in-sync replica has the message. Whoever saves something because a message
 * is out publishes first, and then saves: a crash in between repeats the message, never loses it.
 *
 * <h2>Folding: exactly once where it counts</h2>
 *
 * <p>A {@link Fold} turns records into rows. Kafka's own offsets take no part in it. One PostgreSQL transaction moves the
 * stored offset, writes the rows, and writes what is to be published into an outbox:
 *
 * <pre>{@code
 * BEGIN;
 * UPDATE projection_offset SET next_offset = 130 WHERE ... AND next_offset = 120;  -- no row: somebody else owns it
 * -- the fold's own statements
 * INSERT INTO outbox ...;
 * COMMIT;
 * }</pre>
 *
 * <p>So a record is folded once, whatever crashes. An instance that lost its partition without having noticed finds that the
 * stored offset is not what it believed; its transaction is rolled back. On assignment the consumer seeks the stored offset.
 * After the commit, a relay publishes the outbox in order; it may do so twice, with the same {@code ce_id}.
 *
 * <p>Twice a second the broker is asked where each partition ends. Once the fold has passed that end, the partition gets a
 * heartbeat, {@code caught_up_at}: the time of the question by the database's clock. Everything that the broker had appended
 * by then is in the rows, however much has come since. While Kafka or the database is away, or the fold lags, it stands
 * still, and whoever reads the rows can say since when nothing is known.
 *
 * <h2>Commands</h2>
 *
 * <p>A {@link CommandHandler} is given each command at least once, in order for each user; offsets are Kafka's.
 *
 * <h2>Asking the past</h2>
 *
 * <p>A {@link LogScan} reads what a topic has, up to where it ends, and leaves nothing behind.
 *
 * <h2>When something goes wrong</h2>
 *
 * <ul>
 *   <li><em>A store is away</em>: wait, backing off, for ever; go on by itself; lose nothing. Readiness says so.
 *   <li><em>A record can never succeed</em> (no JSON, another's key, a fold throws on it): {@link DeadLetters}; the partition
 *       goes on.
 *   <li><em>A record of an unknown type</em>, as a later release writes: counted and passed over. Consumers are deployed
 *       before producers.
 *   <li><em>The stored offset is not in the log</em>: the partition is halted with an ERROR that names the remedy, never
 *       skipped ({@code auto.offset.reset=none}).
 * </ul>
 *
 * <p>In a Spring application all of this is configured by itself ({@link RuntimeAutoConfiguration}); elsewhere, build one.
 */
public final class EventRuntime implements AutoCloseable {

    private final KafkaClients clients;
    private final RuntimeSettings settings;
    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final Clock clock;
    private final Codec codec = new Codec();
    private final RecordSender sender;
    private final Publisher publisher;
    private final DeadLetters deadLetters;
    private final TopicCreation topics;

    /** @param service who publishes; {@code ce_source} is {@code /lifeline/} and this */
    public EventRuntime(
            String service,
            KafkaClients clients,
            RuntimeSettings settings,
            MeterRegistry meters,
            ObservationRegistry observations,
            Clock clock) {
        this.clients = clients;
        this.settings = settings;
        this.meters = meters;
        this.observations = observations;
        this.clock = clock;
        this.sender = new RecordSender(clients.producers());
        this.publisher = new Publisher(sender, codec, URI.create("/lifeline/" + service), clock, observations);
        this.deadLetters = new DeadLetters(sender, meters);
        this.topics = new TopicCreation(clients, settings.topics());
    }

    /** What publishes. */
    public Publisher publisher() {
        return publisher;
    }

    /** What runs a fold over that database; not started. */
    public <M extends Message> FoldRunner<M> run(Fold<M> fold, DataSource database) {
        return new FoldRunner<>(fold, database, this);
    }

    /**
     * What folds the log anew into other tables of the same names, as the search path of that database says.
     *
     * @param fold of its own: it may remember what it has folded
     */
    public <M extends Message> Replay<M> replay(Fold<M> fold, DataSource database) {
        return new Replay<>(fold, database, this);
    }

    /** What feeds a handler; not started. */
    public <C extends Message> CommandConsumer<C> feed(CommandHandler<C> handler) {
        return new CommandConsumer<>(handler, this);
    }

    /**
     * What publishes for transactions of the service's own, over that database; not started.
     *
     * @param name in {@code outbox.projection}; never changes
     */
    public ServiceOutbox outbox(String name, DataSource database) {
        return new ServiceOutbox(name, database, this);
    }

    /** Closes the producer. What has been started must have been stopped. */
    @Override
    public void close() {
        sender.close();
    }

    KafkaClients clients() {
        return clients;
    }

    RuntimeSettings settings() {
        return settings;
    }

    MeterRegistry meters() {
        return meters;
    }

    ObservationRegistry observations() {
        return observations;
    }

    Clock clock() {
        return clock;
    }

    Codec codec() {
        return codec;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    TopicCreation topics() {
        return topics;
    }
}
