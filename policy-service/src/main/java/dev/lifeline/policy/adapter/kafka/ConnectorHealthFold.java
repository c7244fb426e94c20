package dev.lifeline.policy.adapter.kafka;

import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UserIds;
import dev.lifeline.policy.adapter.postgres.PostgresConnectors;
import dev.lifeline.policy.adapter.postgres.PostgresConnectors.Key;
import dev.lifeline.policy.adapter.postgres.PostgresLedgers;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        new PostgresConnectors(tx)
                .remove(keys.stream().flatMap(key -> key(key).stream()).toList());
    }

    @Override
    public List<Outgoing> fold(List<Received<ConnectorHealthChanged>> batch, Connection tx) throws SQLException {
        Map<Key, ConnectorHealthChanged> newest = new LinkedHashMap<>();
        batch.stream()
                .map(Received::message)
                .forEach(it -> newest.merge(
                        new Key(it.userId(), it.connectorName()),
                        it,
                        (known, next) -> next.olderThan(known) ? known : next));
        // Who judged by what was known before has then committed what waits for a connector, and it is found here.
        ledgers.within(tx, ledger -> {
            ledger.holdExclusively(
                    newest.keySet().stream().map(Key::userId).distinct().toList());
            return newest.size();
        });
        new PostgresConnectors(tx).save(newest);
        return List.of();
    }

    /** Of {@code userId/name}; what is no such key belongs to no connector that was ever saved. */
    private static Optional<Key> key(String key) {
        int slash = key.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : UserIds.parse(key.substring(0, slash)).map(user -> new Key(user, key.substring(slash + 1)));
    }
}
