package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.Condition;
import dev.lifeline.policy.domain.ConnectorCheck;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The table {@code connector}, within one transaction. */
public final class PostgresConnectors {

    private final JdbcClient client;

    public PostgresConnectors(Connection tx) {
        this.client = JdbcClient.create(new SingleConnectionDataSource(tx, true));
    }

    /** Notes how a connector is; what waits for one that is mended is judged again soon. */
    public void save(UUID userId, String name, Condition condition) {
        client.sql("INSERT INTO users (user_id) VALUES (?) ON CONFLICT DO NOTHING")
                .param(userId)
                .update();
        int changed = client.sql("""
                        INSERT INTO connector (user_id, name, condition) VALUES (?, ?, ?)
                        ON CONFLICT (user_id, name) DO UPDATE SET condition = excluded.condition
                        WHERE connector.condition <> excluded.condition
                        """).params(userId, name, condition.wireName()).update();
        if (changed > 0 && ConnectorCheck.works(condition)) {
            client.sql(
                            "UPDATE decision SET reconsider = true WHERE user_id = ? AND connector = ? AND state = 'waiting'")
                    .params(userId, name)
                    .update();
        }
    }

    /** Forgets connectors. */
    public void remove(List<String> keys) {
        client.sql("DELETE FROM connector WHERE user_id || '/' || name IN (:keys)")
                .param("keys", keys)
                .update();
    }
}
