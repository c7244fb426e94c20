package dev.lifeline.runtime;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Notes each record that it folds, once and no more: a second time breaks a primary key. Hands every message on. */
class NotingFold implements Fold<ConnectorEvent> {

    private final Topic events;
    private final Topic out;
    Consumer<Received<ConnectorEvent>> before = received -> {};

    NotingFold(Topic events, Topic out) {
        this.events = events;
        this.out = out;
    }

    @Override
    public String name() {
        return "fold-of-" + events.name();
    }

    @Override
    public Topic topic() {
        return events;
    }

    @Override
    public Class<ConnectorEvent> family() {
        return ConnectorEvent.class;
    }

    @Override
    public List<Outgoing> fold(List<Received<ConnectorEvent>> batch, Connection tx) throws SQLException {
        List<Outgoing> caused = new ArrayList<>();
        try (PreparedStatement insert = tx.prepareStatement("INSERT INTO folded VALUES (?, ?)")) {
            for (Received<ConnectorEvent> received : batch) {
                before.accept(received);
                insert.setInt(1, received.at().partition());
                insert.setLong(2, received.at().offset());
                insert.addBatch();
                caused.add(handOn(received));
            }
            insert.executeBatch();
        }
        return caused;
    }

    @Override
    public List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) throws SQLException {
        return List.of();
    }

    Outgoing handOn(Received<ConnectorEvent> received) {
        Outgoing toItsOwnTopic = Outgoing.of(received.message(), received.at(), 0);
        return new Outgoing(
                toItsOwnTopic.userId(),
                out,
                toItsOwnTopic.key(),
                toItsOwnTopic.type(),
                received.message(),
                received.at(),
                0);
    }
}
