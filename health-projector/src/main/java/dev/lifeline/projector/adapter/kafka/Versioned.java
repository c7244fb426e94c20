package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.Message;
import dev.lifeline.projector.adapter.postgres.FoldVersions;
import dev.lifeline.runtime.DelegatingFold;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A fold that notes by which version of itself it folds, with what it folds, so that a row which today's would not write can be
 * told from one that was changed.
 */
public final class Versioned<M extends Message> extends DelegatingFold<M> {

    private final int version;

    /** @param version of the fold: another whenever the same events come to other rows */
    private Versioned(Fold<M> fold, int version) {
        super(fold);
        this.version = version;
    }

    /** By which it folds. */
    public int version() {
        return version;
    }

    /** As the service and a replay run a fold: with today's version, and without erased users. */
    public static <M extends Message> Fold<M> today(Fold<M> fold) {
        return new Versioned<>(new WithoutErased<>(fold), versionOf(fold.name()));
    }

    /** The version of today. A test pins what each comes to for the same events. */
    private static int versionOf(String projection) {
        return switch (projection) {
            case ConnectorHealthFold.NAME -> 1;
            case AutonomyFold.NAME -> 2; // from 2 on what changed is told: what settings and removed policies were
            case ActionFold.NAME -> 1;
            default -> throw new IllegalArgumentException("the fold " + projection + " has no version");
        };
    }

    @Override
    public List<Outgoing> fold(List<Received<M>> batch, Connection tx) throws SQLException {
        FoldVersions.note(tx, name(), batch.getFirst().at(), version);
        return super.fold(batch, tx);
    }
}
