package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.adapter.postgres.PostgresSeeds;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Keeps the newest record of each connector on {@code lifeline.connector.health}, for a rebuild. */
public final class SeedFold implements Fold<ConnectorHealthChanged> {

    @Override
    public String name() {
        return "lifeline-replay-seeds";
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
        PostgresSeeds seeds = new PostgresSeeds(tx);
        for (String key : keys) {
            seeds.forget(key);
        }
    }

    @Override
    public List<Outgoing> fold(List<Received<ConnectorHealthChanged>> batch, Connection tx) throws SQLException {
        PostgresSeeds seeds = new PostgresSeeds(tx);
        for (Received<ConnectorHealthChanged> received : batch) {
            seeds.keep(received.message());
        }
        return List.of();
    }
}
