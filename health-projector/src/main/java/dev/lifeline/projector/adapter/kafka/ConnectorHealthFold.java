package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.adapter.postgres.PostgresErasures;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.domain.Batch;
import dev.lifeline.projector.domain.Change;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.projector.domain.Fact;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Folds {@code lifeline.connector.events} into the read model, and tells {@code lifeline.connector.health}. */
public final class ConnectorHealthFold implements Fold<ConnectorEvent> {

    /** Part of the contract with brokers' access lists and with readers of {@code projection_offset}. */
    public static final String NAME = "lifeline-projector-connector-health";

    private static final int MOST_STALE_AT_ONCE = 1_000;

    private final ConnectorFold fold;
    private final FoldMetrics metrics;
    private final Function<Connection, PostgresReadModel> readModels;
    private final OverdueWatch watch = new OverdueWatch();

    public ConnectorHealthFold(ConnectorFold fold, FoldMetrics metrics) {
        this(fold, metrics, PostgresReadModel::new);
    }

    /** @param readModels what to write to in a transaction */
    public ConnectorHealthFold(
            ConnectorFold fold, FoldMetrics metrics, Function<Connection, PostgresReadModel> readModels) {
        this.fold = fold;
        this.metrics = metrics;
        this.readModels = readModels;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Topic topic() {
        return Topics.CONNECTOR_EVENTS;
    }

    @Override
    public Class<ConnectorEvent> family() {
        return ConnectorEvent.class;
    }

    @Override
    public List<Outgoing> fold(List<Received<ConnectorEvent>> received, Connection tx) throws SQLException {
        PostgresReadModel readModel = readModels.apply(tx);
        Set<UUID> users =
                received.stream().map(record -> record.message().userId()).collect(Collectors.toSet());
        Batch batch = new Batch(fold, readModel.connectorsOf(users));
        for (Received<ConnectorEvent> record : received) {
            batch.fold(new Fact(record.message(), record.time(), record.at()));
        }
        watch.lookAgainWhenDue(received.getFirst().at().partition(), batch.rows());
        return save(batch, readModel);
    }

    /**
     * Notes what is overdue, in partitions that were read past the time at which it was due; and tells of the connectors that
     * went with erased users, after all that was told of them before.
     */
    @Override
    public List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) throws SQLException {
        List<Outgoing> gone = tombstones(new PostgresErasures(tx).owed(partition));
        return gone.isEmpty() ? noteOverdue(partition, caughtUpAt, tx) : gone;
    }

    private static List<Outgoing> tombstones(List<PostgresErasures.Gone> connectors) {
        List<Outgoing> tombstones = new ArrayList<>();
        for (PostgresErasures.Gone gone : connectors) {
            tombstones.add(Outgoing.tombstone(
                    gone.userId(),
                    Topics.CONNECTOR_HEALTH,
                    ConnectorHealthChanged.key(gone.userId(), gone.connectorName()),
                    Codec.typeOf(ConnectorHealthChanged.class),
                    gone.cause(),
                    tombstones.size()));
        }
        return tombstones;
    }

    private List<Outgoing> noteOverdue(int partition, Instant caughtUpAt, Connection tx) throws SQLException {
        if (!watch.isTimeToLook(partition, caughtUpAt)) {
            return List.of();
        }
        PostgresReadModel readModel = readModels.apply(tx);
        long start = System.nanoTime();
        Optional<Instant> nextDue = readModel.nextDue(partition);
        if (nextDue.filter(caughtUpAt::isAfter).isEmpty()) {
            watch.looked(partition, caughtUpAt, nextDue, Duration.ofNanos(System.nanoTime() - start));
            return List.of();
        }
        List<UUID> overdue = readModel.usersOverdue(partition, caughtUpAt, MOST_STALE_AT_ONCE);
        Batch batch = new Batch(fold, readModel.connectorsOf(overdue));
        batch.passTimeTo(caughtUpAt);
        return save(batch, readModel);
    }

    private List<Outgoing> save(Batch batch, PostgresReadModel readModel) throws SQLException {
        readModel.save(batch);
        metrics.count(batch);
        return batch.published().stream().map(ConnectorHealthFold::outgoing).toList();
    }

    private static Outgoing outgoing(Change change) {
        ConnectorHealthChanged message = change.after().toMessage();
        return change.removal()
                ? Outgoing.tombstone(
                        message.userId(),
                        Topics.CONNECTOR_HEALTH,
                        message.key(),
                        Codec.typeOf(message),
                        change.cause(),
                        change.ordinal())
                : Outgoing.of(message, change.cause(), change.ordinal());
    }
}
