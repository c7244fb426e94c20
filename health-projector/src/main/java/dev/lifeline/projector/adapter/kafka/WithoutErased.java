package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import dev.lifeline.projector.adapter.postgres.PostgresErasures;
import dev.lifeline.runtime.Fold;
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
 * A fold that leaves out what concerns erased users, whether it comes late or is replayed.
 *
 * @param fold what is done with all others
 */
public record WithoutErased<M extends Message>(Fold<M> fold) implements Fold<M> {

    @Override
    public String name() {
        return fold.name();
    }

    @Override
    public Topic topic() {
        return fold.topic();
    }

    @Override
    public Class<M> family() {
        return fold.family();
    }

    @Override
    public List<Outgoing> fold(List<Received<M>> batch, Connection tx) throws SQLException {
        Set<UUID> erased = new PostgresErasures(tx)
                .among(batch.stream().map(each -> each.message().userId()).collect(Collectors.toSet()));
        if (erased.isEmpty()) {
            return fold.fold(batch, tx);
        }
        List<Received<M>> others = batch.stream()
                .filter(each -> !erased.contains(each.message().userId()))
                .toList();
        return others.isEmpty() ? List.of() : fold.fold(others, tx);
    }

    @Override
    public boolean forgets() {
        return fold.forgets();
    }

    @Override
    public void forget(List<String> keys, Connection tx) throws SQLException {
        fold.forget(keys, tx);
    }

    @Override
    public List<Outgoing> buried(SourcePosition at, @Nullable String key, String reason, Connection tx)
            throws SQLException {
        return fold.buried(at, key, reason, tx);
    }

    @Override
    public List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) throws SQLException {
        return fold.tick(partition, caughtUpAt, tx);
    }
}
