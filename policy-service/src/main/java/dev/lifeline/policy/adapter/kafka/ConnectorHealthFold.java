package dev.lifeline.policy.adapter.kafka;

import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.policy.adapter.postgres.PostgresConnectors;
import dev.lifeline.policy.adapter.postgres.PostgresLedgers;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Folds {@code lifeline.connector.health}: what an action needs that is not working. */
public final class ConnectorHealthFold implements Fold<ConnectorHealthChanged> {

    /** Part of the contract with brokers' access lists and with readers of {@code projection_offset}. */
    public static final String NAME = "lifeline-policy-connectors";

    private final PostgresLedgers ledgers;

    public ConnectorHealthFold(PostgresLedgers ledgers) {
        this.ledgers = ledgers;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Topic topic() {
        return Topics.CONNECTOR_HEALTH;
    }

    @Override
    public Class<ConnectorHealthChanged> family() {
        return ConnectorHealthChanged.class;
    }

    @Override
    public boolean forgets() {
        return true;
    }

    @Override
    public void forget(List<String> keys, Connection tx) throws SQLException {
        new PostgresConnectors(tx).remove(keys);
    }

    @Override
    public List<Outgoing> fold(List<Received<ConnectorHealthChanged>> batch, Connection tx) throws SQLException {
        return ledgers.within(tx, ledger -> {
            // Who judged by what was known before has then committed what waits for a connector, and it is found here.
            ledger.holdExclusively(
                    batch.stream().map(each -> each.message().userId()).toList());
            PostgresConnectors connectors = new PostgresConnectors(tx);
            batch.forEach(received -> connectors.save(
                    received.message().userId(),
                    received.message().connectorName(),
                    received.message().condition()));
            return List.of();
        });
    }
}
