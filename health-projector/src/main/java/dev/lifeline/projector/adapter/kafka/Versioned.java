package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import dev.lifeline.projector.adapter.postgres.FoldVersions;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fold that notes by which version of itself it folds, with what it folds, so that a row which today's would not write can be
 * told from one that was changed.
 *
 * @param version of the fold: another whenever the same events come to other rows
 */
public record Versioned<M extends Message>(Fold<M> fold, int version) implements Fold<M> {

    /** As the service and a replay run a fold: with today's version, and without erased users. */
    public static <M extends Message> Fold<M> today(Fold<M> fold) {
        return new Versioned<>(new WithoutErased<>(fold), Today.of(fold.name()));
    }

    /** The versions of today. A test pins what each comes to for the same events. */
    static final class Today {

        private Today() {}

        static int of(String projection) {
            return switch (projection) {
                case ConnectorHealthFold.NAME -> 1;
                case AutonomyFold.NAME -> 1;
                case ActionFold.NAME -> 1;
                default -> throw new IllegalArgumentException("the fold " + projection + " has no version");
            };
        }
    }

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
        FoldVersions.note(tx, name(), batch.getFirst().at(), version);
        return fold.fold(batch, tx);
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
