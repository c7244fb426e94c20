package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.SourcePosition;
import dev.lifeline.projector.domain.Batch;
import dev.lifeline.projector.domain.CommandAnswer;
import dev.lifeline.projector.domain.Connectors;
import dev.lifeline.projector.domain.HistoryLine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The read model, within one transaction that somebody else opens and commits. Tables are addressed through the search path.
 */
public final class PostgresReadModel {

    /**
     * The channel on which readers hear whose rows changed: user ids joined by commas, or {@code *} where it is everybody, and
     * then every open page is read again.
     */
    public static final String CHANNEL = "read_model";

    static final String EVERYBODY = "*";

    /** In one message: PostgreSQL carries 8000 bytes. */
    private static final int MOST_USERS_NAMED = 200;

    private static final String TELL = "SELECT pg_notify('" + CHANNEL + "', users) FROM unnest(?) AS users";

    private static final String ADD_USERS = "INSERT INTO users SELECT unnest(?) ON CONFLICT DO NOTHING";

    private final Connection tx;
    private final boolean announced;

    private PostgresReadModel(Connection tx, boolean announced) {
        this.tx = tx;
        this.announced = announced;
    }

    /** The one that people look at: readers hear of each change. */
    public PostgresReadModel(Connection tx) {
        this(tx, true);
    }

    /** One that is rebuilt, and nobody looks at. */
    public static PostgresReadModel unannounced(Connection tx) {
        return new PostgresReadModel(tx, false);
    }

    /** The connectors of users, hidden ones too; nothing for users who have none. */
    public Map<UUID, Connectors> connectorsOf(Collection<UUID> users) throws SQLException {
        return PostgresConnectors.ofUsers(tx, users);
    }

    /** When the first outcome in a partition is due by; empty when none is. */
    public Optional<Instant> nextDue(int partition) throws SQLException {
        return PostgresConnectors.nextDue(tx, partition);
    }

    /** Users with a connector in a partition that became overdue before a time; at most so many. */
    public List<UUID> usersOverdue(int partition, Instant time, int limit) throws SQLException {
        return PostgresConnectors.usersOverdue(tx, partition, time, limit);
    }

    /** Writes what a batch came to, and tells readers when the transaction commits. */
    public void save(Batch batch) throws SQLException {
        addUsers(batch.newUsers());
        PostgresConnectors.insert(tx, batch.addedRows());
        PostgresConnectors.update(tx, batch.changedRows());
        List<CommandAnswer> repeated = PostgresCommands.save(tx, batch.answers());
        PostgresTimeline.append(tx, batch.timelineWithout(repeated));
        tell(batch.touchedUsers());
    }

    /**
     * Writes what some events about actions and autonomy came to beside their own rows.
     *
     * @param users of whom something is written
     * @param everybody whether what all users see has changed
     * @param history is told but for rejections of commands that have been answered before
     */
    public void save(
            Collection<UUID> users, boolean everybody, List<HistoryLine> history, Collection<CommandAnswer> answers)
            throws SQLException {
        List<SourcePosition> repeated = PostgresCommands.save(tx, answers).stream()
                .map(CommandAnswer::source)
                .toList();
        PostgresHistory.append(
                tx,
                "timeline",
                history.stream()
                        .filter(line -> !line.tellsOfRejection() || !repeated.contains(line.cause()))
                        .toList());
        if (everybody) {
            tellReaders(List.of(EVERYBODY));
        } else {
            tell(users);
        }
    }

    /** Keeps lines that a rebuild would have told, had it known what is gone; live knows all, and keeps none. */
    public void noteUnfounded(List<HistoryLine> lines) throws SQLException {
        if (!announced) {
            PostgresHistory.append(tx, UnfoundedLines.TABLE, lines);
        }
    }

    /** Makes users known, before anything of theirs is written. */
    public void know(Collection<UUID> users) throws SQLException {
        addUsers(List.copyOf(users));
    }

    /** Tells readers, when the transaction commits, that something of users has changed. */
    public void tell(Collection<UUID> users) throws SQLException {
        List<String> ids = users.stream().map(UUID::toString).toList();
        tellReaders(IntStream.iterate(0, from -> from < ids.size(), from -> from + MOST_USERS_NAMED)
                .mapToObj(from -> String.join(",", ids.subList(from, Math.min(ids.size(), from + MOST_USERS_NAMED))))
                .toList());
    }

    private void addUsers(List<UUID> users) throws SQLException {
        if (users.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = tx.prepareStatement(ADD_USERS)) {
            statement.setArray(1, tx.createArrayOf("uuid", users.toArray()));
            statement.executeUpdate();
        }
    }

    private void tellReaders(List<String> messages) throws SQLException {
        if (messages.isEmpty() || !announced) {
            return;
        }
        try (PreparedStatement statement = tx.prepareStatement(TELL)) {
            statement.setArray(1, tx.createArrayOf("text", messages.toArray()));
            statement.execute();
        }
    }
}
