package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.Message;
import dev.lifeline.projector.adapter.postgres.FoldVersions;
import dev.lifeline.runtime.DelegatingFold;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fold that notes by which version of itself it folds, and with which grace, with what it folds, so that a row which today's
 * would not write can be told from one that was changed.
 */
public final class Versioned<M extends Message> extends DelegatingFold<M> {

    private final int version;
    private final @Nullable Duration grace;

    /**
     * @param version of the fold: another whenever the same events come to other rows
     * @param grace the one setting by which they do; absent: this fold has none
     */
    private Versioned(Fold<M> fold, int version, @Nullable Duration grace) {
        super(fold);
        this.version = version;
        this.grace = grace;
    }

    /** By which it folds. */
    public int version() {
        return version;
    }

    /** As the service and a replay run a fold: with today's version, and without erased users. */
    public static <M extends Message> Fold<M> today(Fold<M> fold) {
        return new Versioned<>(new WithoutErased<>(fold), versionOf(fold.name()), null);
    }

    /** The same of a fold by which something becomes stale. */
    public static <M extends Message> Fold<M> today(Fold<M> fold, Duration grace) {
        return new Versioned<>(new WithoutErased<>(fold), versionOf(fold.name()), grace);
    }

    /** By what all of them fold today, in words; of two that are not the same, one comes to other rows than the other. */
    public static String rules(Duration grace) {
        return "grace " + grace
                + Stream.of(ConnectorHealthFold.NAME, AutonomyFold.NAME, ActionFold.NAME)
                        .map(name -> ", " + name + " " + versionOf(name))
                        .collect(Collectors.joining());
    }

    /** The version of today. A test pins what each comes to for the same events. */
    private static int versionOf(String projection) {
        return switch (projection) {
            case ConnectorHealthFold.NAME -> 1;
            case AutonomyFold.NAME -> 2; // from 2 on what changed is told: what settings and removed policies were
            case ActionFold.NAME -> 2; // from 2 on what was denied is told with its decision
            default -> throw new IllegalArgumentException("the fold " + projection + " has no version");
        };
    }

    @Override
    public List<Outgoing> fold(List<Received<M>> batch, Connection tx) throws SQLException {
        FoldVersions.note(tx, name(), batch.getFirst().at(), version, grace);
        return super.fold(batch, tx);
    }
}
