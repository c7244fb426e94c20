package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.adapter.postgres.PostgresSeeds;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.projector.domain.ConnectorHealth;
import dev.lifeline.projector.domain.Connectors;
import dev.lifeline.runtime.DelegatingFold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fold of connectors over a log whose beginning is gone. Where it comes to the event that the newest health record of a
 * connector reflects, the two must be the same: then the connector's whole life is in what is left of the log. Where they are
 * not, its life began before, and it goes on from the record.
 */
public final class SeededFold extends DelegatingFold<ConnectorEvent> {

    private final ConnectorFold rule;
    private final String live;

    /** @param live the schema from which the accounts are taken, which no record on the health topic has */
    public SeededFold(ConnectorHealthFold fold, ConnectorFold rule, String live) {
        super(fold);
        this.rule = rule;
        this.live = live;
    }

    @Override
    public List<Outgoing> fold(List<Received<ConnectorEvent>> batch, Connection tx) throws SQLException {
        PostgresSeeds seeds = new PostgresSeeds(tx);
        Set<UUID> users =
                batch.stream().map(received -> received.message().userId()).collect(Collectors.toSet());
        int done = 0;
        for (ConnectorHealthChanged seed : seeds.of(
                users, batch.getFirst().at().offset(), batch.getLast().at().offset())) {
            int upTo = done;
            while (upTo < batch.size()
                    && batch.get(upTo).at().offset() <= seed.source().offset()) {
                upTo++;
            }
            if (upTo > done) {
                super.fold(batch.subList(done, upTo), tx);
                done = upTo;
            }
            if (seed.source().partition() == batch.getFirst().at().partition()) {
                settle(seed, seeds, tx);
            }
        }
        if (done < batch.size()) {
            super.fold(batch.subList(done, batch.size()), tx);
        }
        return List.of();
    }

    private void settle(ConnectorHealthChanged seed, PostgresSeeds seeds, Connection tx) throws SQLException {
        ConnectorHealth row = PostgresReadModel.unannounced(tx)
                .connectorsOf(Set.of(seed.userId()))
                .getOrDefault(seed.userId(), Connectors.NONE)
                .named(seed.connectorName());
        if (!same(row, seed)) {
            seeds.replace(seed, row, live);
        }
    }

    /** The record may tell that the row has become stale since, of which the log knows nothing. */
    private boolean same(@Nullable ConnectorHealth row, ConnectorHealthChanged seed) {
        if (row == null || row.hidden()) {
            return false;
        }
        return row.toMessage().equals(seed)
                || rule.overdue(row, Instant.MAX)
                        .filter(stale -> stale.after().toMessage().equals(seed))
                        .isPresent();
    }
}
