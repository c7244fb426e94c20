package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.Message;
import dev.lifeline.projector.adapter.postgres.PostgresErasures;
import dev.lifeline.runtime.DelegatingFold;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A fold that leaves out what concerns erased users, whether it comes late or is replayed. */
public final class WithoutErased<M extends Message> extends DelegatingFold<M> {

    public WithoutErased(Fold<M> fold) {
        super(fold);
    }

    @Override
    public List<Outgoing> fold(List<Received<M>> batch, Connection tx) throws SQLException {
        Set<UUID> erased = new PostgresErasures(tx)
                .among(batch.stream().map(each -> each.message().userId()).collect(Collectors.toSet()));
        if (erased.isEmpty()) {
            return super.fold(batch, tx);
        }
        List<Received<M>> others = batch.stream()
                .filter(each -> !erased.contains(each.message().userId()))
                .toList();
        return others.isEmpty() ? List.of() : super.fold(others, tx);
    }
}
