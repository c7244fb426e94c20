package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.Condition;
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
    private static final String SAVE = """
            INSERT INTO connector (user_id, name, condition)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[])
            ON CONFLICT (user_id, name) DO UPDATE SET condition = excluded.condition
            WHERE connector.condition <> excluded.condition
            RETURNING user_id, name, condition
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
    public void save(Map<Key, Condition> conditions) throws SQLException {
        if (conditions.isEmpty()) {
            return;
        }
        Collection<Key> keys = conditions.keySet();
        update(ADD_USERS, array("uuid", keys, Key::userId));
        List<Key> mended = new ArrayList<>();
        Array states = array("text", conditions.values(), Condition::wireName);
        try (PreparedStatement save = statement(SAVE, users(keys), names(keys), states);
                ResultSet changed = save.executeQuery()) {
            while (changed.next()) {
                if (ConnectorCheck.works(Condition.ofWireName(changed.getString("condition")))) {
                    mended.add(new Key(changed.getObject("user_id", UUID.class), changed.getString("name")));
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
