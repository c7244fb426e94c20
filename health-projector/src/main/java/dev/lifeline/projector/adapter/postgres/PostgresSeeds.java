package dev.lifeline.projector.adapter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.domain.ConnectorHealth;
import dev.lifeline.projector.domain.Connectors;
import dev.lifeline.projector.domain.Grant;
import dev.lifeline.projector.domain.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of each connector on the health topic: the complete row, but for the account, as it was at its source
 * position. With it a connector can be rebuilt whose first events have left the log.
 */
public final class PostgresSeeds {

    private static final Codec CODEC = new Codec();

    /** So many are in memory at once: where the beginning of a long log is gone, nearly all are older than it. */
    private static final int PAGE = 1_000;

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS replay_seed (
                user_id uuid, connector_name text, source_partition integer NOT NULL, source_offset bigint NOT NULL,
                record text NOT NULL, PRIMARY KEY (user_id, connector_name))
            """;
    // Up to there what a user's connectors went through can not be told from what is left of the log.
    private static final String UNPROVABLE = """
            CREATE TABLE IF NOT EXISTS replay_unprovable (user_id uuid PRIMARY KEY, up_to bigint NOT NULL)
            """;
    // Of which connectors only the live row tells the account, or all: until a later consent tells it.
    private static final String BORROWED = """
            CREATE TABLE IF NOT EXISTS replay_borrowed (
                user_id uuid, connector_name text, generation bigint NOT NULL, PRIMARY KEY (user_id, connector_name))
            """;
    // Not an earlier state that comes late.
    private static final String KEEP = """
            INSERT INTO replay_seed VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_id, connector_name) DO UPDATE SET
                source_partition = excluded.source_partition, source_offset = excluded.source_offset,
                record = excluded.record
            WHERE excluded.source_offset > replay_seed.source_offset
                OR (excluded.record::json ->> 'version')::bigint >= (replay_seed.record::json ->> 'version')::bigint
            """;
    private static final String FORGET = "DELETE FROM replay_seed WHERE user_id = ? AND connector_name = ?";
    private static final String OF_USERS =
            "SELECT record FROM replay_seed WHERE user_id = ANY (?) AND source_offset BETWEEN ? AND ? ORDER BY source_offset";
    private static final String OLDER = """
            SELECT seed.record FROM replay_seed seed JOIN replay_origin origin
                ON origin.topic = ? AND origin.partition = seed.source_partition
            WHERE seed.source_offset < origin.first_offset AND (seed.user_id, seed.connector_name) > (?, ?)
            ORDER BY seed.user_id, seed.connector_name LIMIT %d
            """.formatted(PAGE);
    // Of what was removed there is no record any more.
    private static final String PLANT_HIDDEN = """
            WITH hidden AS (
                INSERT INTO connector_health SELECT old.* FROM %s.connector_health old JOIN replay_origin origin
                    ON origin.topic = old.source_topic AND origin.partition = old.source_partition
                WHERE old.removed_at IS NOT NULL AND old.source_offset < origin.first_offset ON CONFLICT DO NOTHING
                RETURNING user_id, connector_name, generation)
            INSERT INTO replay_borrowed SELECT * FROM hidden ON CONFLICT DO NOTHING
            """;
    private static final String NOTE_BORROWED = """
            INSERT INTO replay_borrowed VALUES (?, ?, ?)
            ON CONFLICT (user_id, connector_name) DO UPDATE SET generation = excluded.generation
            """;
    private static final String KNOW_HIDDEN =
            "INSERT INTO users SELECT user_id FROM %s.connector_health WHERE removed_at IS NOT NULL ON CONFLICT DO NOTHING";
    private static final String ACCOUNT =
            "SELECT account FROM %s.connector_health WHERE user_id = ? AND connector_name = ?";
    private static final String FORGET_LINES = """
            DELETE FROM timeline WHERE user_id = ? AND source_topic = ? AND source_offset <= ?
            """;
    private static final String NOTE_UNPROVABLE = """
            INSERT INTO replay_unprovable VALUES (?, ?)
            ON CONFLICT (user_id) DO UPDATE SET up_to = greatest(replay_unprovable.up_to, excluded.up_to)
            """;

    private final Connection tx;

    /** @param tx a transaction in the scratch schema */
    public PostgresSeeds(Connection tx) {
        this.tx = tx;
    }

    static void create(Statement statement) throws SQLException {
        statement.execute(TABLE);
        statement.execute(UNPROVABLE);
        statement.execute(BORROWED);
    }

    public void keep(ConnectorHealthChanged record) throws SQLException {
        Sql.update(
                tx,
                KEEP,
                record.userId(),
                record.connectorName(),
                record.source().partition(),
                record.source().offset(),
                new String(CODEC.encode(record), UTF_8));
    }

    /** @param key of the health topic */
    public void forget(String key) throws SQLException {
        int slash = key.indexOf('/');
        Sql.update(tx, FORGET, UUID.fromString(key.substring(0, slash)), key.substring(slash + 1));
    }

    /** Those of users that reflect an event between two offsets, in their order. */
    public List<ConnectorHealthChanged> of(Set<UUID> users, long first, long last) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(OF_USERS)) {
            select.setArray(1, tx.createArrayOf("uuid", users.toArray()));
            select.setLong(2, first);
            select.setLong(3, last);
            return records(select);
        }
    }

    /**
     * Makes rows of those whose last event that changed them is older than the log.
     *
     * @param live where the accounts are
     */
    public void plant(String live) throws SQLException {
        UUID userId = new UUID(0, 0);
        String connectorName = "";
        List<ConnectorHealthChanged> page;
        do {
            page = older(userId, connectorName);
            plant(page, live);
            if (!page.isEmpty()) {
                userId = page.getLast().userId();
                connectorName = page.getLast().connectorName();
            }
        } while (page.size() == PAGE);
        Sql.update(tx, KNOW_HIDDEN.formatted(live));
        Sql.update(tx, PLANT_HIDDEN.formatted(live));
    }

    private List<ConnectorHealthChanged> older(UUID userId, String connectorName) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(OLDER)) {
            select.setString(1, Topics.CONNECTOR_EVENTS.name());
            select.setObject(2, userId);
            select.setString(3, connectorName);
            return records(select);
        }
    }

    private void plant(List<ConnectorHealthChanged> older, String live) throws SQLException {
        Set<UUID> users = older.stream().map(ConnectorHealthChanged::userId).collect(Collectors.toSet());
        PostgresReadModel.unannounced(tx).know(users);
        Map<UUID, Connectors> known = PostgresConnectors.ofUsers(tx, users);
        List<ConnectorHealth> rows = new ArrayList<>();
        for (ConnectorHealthChanged record : older) {
            Connectors connectors = known.getOrDefault(record.userId(), Connectors.NONE);
            if (connectors.named(record.connectorName()) == null) {
                rows.add(row(record, account(record, live)));
            }
        }
        PostgresConnectors.insert(tx, rows);
        noteBorrowed(rows);
    }

    private void noteBorrowed(List<ConnectorHealth> rows) throws SQLException {
        List<@Nullable Object[]> borrowed = new ArrayList<>();
        for (ConnectorHealth row : rows) {
            borrowed.add(new @Nullable Object[] {
                row.userId(), row.name(), row.grant().generation()
            });
        }
        Sql.updateEach(tx, NOTE_BORROWED, borrowed);
    }

    /**
     * Replaces a row by what the health topic says of it, where they are not the same; see {@link #of}.
     *
     * @param known what the rest of the log comes to; absent: there is no such connector
     */
    public void replace(ConnectorHealthChanged record, @Nullable ConnectorHealth known, String live)
            throws SQLException {
        @Nullable
        String account = known != null && known.grant().generation() == record.generation()
                ? known.grant().account()
                : null;
        ConnectorHealth row = row(record, account == null ? account(record, live) : account);
        if (known != null) {
            PostgresConnectors.update(tx, List.of(row));
        } else {
            PostgresReadModel.unannounced(tx).know(Set.of(record.userId()));
            PostgresConnectors.insert(tx, List.of(row));
        }
        if (account == null) {
            noteBorrowed(List.of(row));
        }
        SourcePosition source = record.source();
        Sql.update(tx, FORGET_LINES, record.userId(), source.topic(), source.offset());
        Sql.update(tx, NOTE_UNPROVABLE, record.userId(), source.offset());
    }

    private String account(ConnectorHealthChanged record, String live) throws SQLException {
        return Sql.text(tx, ACCOUNT.formatted(live), record.userId(), record.connectorName())
                .orElse("");
    }

    private static ConnectorHealth row(ConnectorHealthChanged record, String account) {
        return new ConnectorHealth(
                record.userId(),
                record.connectorName(),
                new Grant(record.provider(), account, record.grantId(), record.generation()),
                record.attempt(),
                new Verdict(record.condition(), record.failureClass(), record.errorCode()),
                record.consecutiveFailures(),
                record.lastSuccessAt(),
                record.lastFailureAt(),
                record.dueBy(),
                record.changedAt(),
                null,
                record.version(),
                record.source());
    }

    private static List<ConnectorHealthChanged> records(PreparedStatement select) throws SQLException {
        try (ResultSet found = select.executeQuery()) {
            List<ConnectorHealthChanged> records = new ArrayList<>();
            while (found.next()) {
                records.add(CODEC.decodeValue(
                        ConnectorHealthChanged.class, found.getString(1).getBytes(UTF_8)));
            }
            return records;
        }
    }
}
