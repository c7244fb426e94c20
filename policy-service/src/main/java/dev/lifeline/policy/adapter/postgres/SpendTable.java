package dev.lifeline.policy.adapter.postgres;

import java.time.LocalDate;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code spend}. */
final class SpendTable {

    private final JdbcClient client;

    SpendTable(JdbcClient client) {
        this.client = client;
    }

    long spent(UUID userId, LocalDate day) {
        return client.sql("SELECT cents FROM spend WHERE user_id = ? AND day = ?")
                .params(userId, day)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    long spentAlone(UUID userId, LocalDate day) {
        client.sql("INSERT INTO spend (user_id, day, cents) VALUES (?, ?, 0) ON CONFLICT DO NOTHING")
                .params(userId, day)
                .update();
        return client.sql("SELECT cents FROM spend WHERE user_id = ? AND day = ? FOR UPDATE")
                .params(userId, day)
                .query(Long.class)
                .single();
    }

    void spend(UUID userId, LocalDate day, long cents) {
        client.sql("""
                        INSERT INTO spend (user_id, day, cents) VALUES (?, ?, greatest(0, ?))
                        ON CONFLICT (user_id, day) DO UPDATE SET cents = greatest(0, spend.cents + ?)
                        """).params(userId, day, cents, cents).update();
    }
}
