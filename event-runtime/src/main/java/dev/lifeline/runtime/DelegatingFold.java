package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fold around another: what it does not do in its own way, the other does. */
public abstract class DelegatingFold<M extends Message> implements Fold<M> {

    private final Fold<M> fold;

    protected DelegatingFold(Fold<M> fold) {
        this.fold = fold;
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
    public Duration gathers() {
        return fold.gathers();
    }

    @Override
    public List<Outgoing> fold(List<Received<M>> batch, Connection tx) throws SQLException {
        return fold.fold(batch, tx);
    }

    @Override
    public boolean forgets() {
        return fold.forgets();
    }

    @Override
    public boolean passesOverUnknown() {
        return fold.passesOverUnknown();
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
