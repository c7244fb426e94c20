package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorHealthChanged;
import dev.lifeline.policy.domain.ConnectorCheck;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The table {@code connector}, within one transaction. */
public final class PostgresConnectors {

    private static final String ADD_USERS =
            "INSERT INTO users (user_id) SELECT DISTINCT u FROM unnest(?::uuid[]) u ON CONFLICT DO NOTHING";
    // Not where it is an earlier state that comes late. What RETURNING selects is as it was before.
    private static final String SAVE = """
            INSERT INTO connector (user_id, name, condition, version, source_offset)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
            ON CONFLICT (user_id, name) DO UPDATE SET
                condition = excluded.condition, version = excluded.version, source_offset = excluded.source_offset
            WHERE excluded.version >= connector.version OR excluded.source_offset > connector.source_offset
            RETURNING user_id, name, condition, condition IS DISTINCT FROM (
                SELECT before.condition FROM connector before
                WHERE before.user_id = connector.user_id AND before.name = connector.name) AS changed
            """;
    private static final String RECONSIDER = """
            UPDATE decision d SET reconsider_at = now() FROM unnest(?::uuid[], ?::text[]) mended (user_id, name)
            WHERE d.user_id = mended.user_id AND d.connector = mended.name AND d.state = 'waiting'
            """;
    private static final String REMOVE =
            "DELETE FROM connector WHERE (user_id, name) IN (SELECT * FROM unnest(?::uuid[], ?::text[]))";

    private final Connection tx;

    public PostgresConnectors(Connection tx) {
        this.tx = tx;
    }

    /** A connector by its user and name. */
    public record Key(UUID userId, String name) {}

    /** Notes how connectors are; what waits for one that is mended is judged again soon. */
    public void save(Map<Key, ConnectorHealthChanged> newest) throws SQLException {
        if (newest.isEmpty()) {
            return;
        }
        Collection<Key> keys = newest.keySet();
        Collection<ConnectorHealthChanged> states = newest.values();
        update(ADD_USERS, array("uuid", keys, Key::userId));
        List<Key> mended = new ArrayList<>();
        try (PreparedStatement save = statement(
                        SAVE,
                        users(keys),
                        names(keys),
                        array("text", states, state -> state.condition().wireName()),
                        array("bigint", states, ConnectorHealthChanged::version),
                        array("bigint", states, state -> state.source().offset()));
                ResultSet saved = save.executeQuery()) {
            while (saved.next()) {
                if (saved.getBoolean("changed")
                        && ConnectorCheck.works(Condition.ofWireName(saved.getString("condition")))) {
                    mended.add(new Key(saved.getObject("user_id", UUID.class), saved.getString("name")));
                }
            }
        }
        if (!mended.isEmpty()) {
            update(RECONSIDER, users(mended), names(mended));
        }
    }

    /** Forgets connectors. */
    public void remove(Collection<Key> keys) throws SQLException {
        update(REMOVE, users(keys), names(keys));
    }

    private Array users(Collection<Key> keys) throws SQLException {
        return array("uuid", keys, Key::userId);
    }

    private Array names(Collection<Key> keys) throws SQLException {
        return array("text", keys, Key::name);
    }

    private <T> Array array(String type, Collection<T> values, Function<T, Object> element) throws SQLException {
        return tx.createArrayOf(type, values.stream().map(element).toArray());
    }

    private void update(String sql, Array... arrays) throws SQLException {
        try (PreparedStatement statement = statement(sql, arrays)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement statement(String sql, Array... arrays) throws SQLException {
        PreparedStatement statement = tx.prepareStatement(sql);
        for (int at = 0; at < arrays.length; at++) {
            statement.setArray(at + 1, arrays[at]);
        }
        return statement;
    }
}
