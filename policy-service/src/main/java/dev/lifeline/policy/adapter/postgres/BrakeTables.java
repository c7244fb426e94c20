package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.SourcePosition;
import dev.lifeline.policy.application.Autonomy.StoredPause;
import dev.lifeline.policy.application.OperatorPause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables that say how far the brake is pulled, and how well that is known. */
final class BrakeTables {

    private final JdbcClient client;
    private final Bounds bounds;

    /**
     * When what is known is too old.
     *
     * @param projection which fold reads the commands
     * @param commands how long ago a partition of them may have been read to its end
     * @param instance how long ago an instance may have been heard of
     */
    record Bounds(String projection, Duration commands, Duration instance) {}

    BrakeTables(JdbcClient client, Bounds bounds) {
        this.client = client;
        this.bounds = bounds;
    }

    List<OperatorPause> operatorPauses() {
        return client.sql("SELECT * FROM operator_pause")
                .query((row, n) -> operatorPause(row))
                .list();
    }

    void save(OperatorPause pause) {
        StoredPause stored = pause.pause();
        String value = pause.scope().value();
        client.sql("""
                        INSERT INTO operator_pause (kind, value, paused, version, sequence, paused_at, paused_by, reason)
                        VALUES (:kind, :value, :paused, :version, :sequence, :at, :by, :reason)
                        ON CONFLICT (kind, value) DO UPDATE SET paused = excluded.paused, version = excluded.version,
                            sequence = excluded.sequence, paused_at = excluded.paused_at, paused_by = excluded.paused_by,
                            reason = excluded.reason, updated_at = clock_timestamp()
                        """)
                .param("kind", pause.scope().kind().wireName())
                .param("value", value == null ? "" : value)
                .param("paused", stored.inForce())
                .param("version", stored.version())
                .param("sequence", stored.sequence())
                .param("at", PostgresLedger.time(stored.at()))
                .param("by", stored.by())
                .param("reason", stored.reason(), Types.VARCHAR)
                .update();
    }

    boolean leverPulledAnywhere() {
        return client.sql("""
                        SELECT coalesce(bool_or(auto_execute_disabled), false) FROM instance
                        WHERE heard_at > clock_timestamp() - ?::interval
                        """)
                .param(bounds.instance().toMillis() + " milliseconds")
                .query(Boolean.class)
                .single();
    }

    void noteUnreadable(SourcePosition at, @Nullable UUID concerns, String reason, long sequence) {
        client.sql("""
                        INSERT INTO unreadable_command (source_topic, source_partition, source_offset, concerns, reason, sequence)
                        VALUES (:topic, :partition, :offset, :concerns, :reason, :sequence) ON CONFLICT DO NOTHING
                        """)
                .param("topic", at.topic())
                .param("partition", at.partition())
                .param("offset", at.offset())
                .param("concerns", concerns, Types.OTHER)
                .param("reason", reason)
                .param("sequence", sequence)
                .update();
    }

    boolean resolveUnreadable(SourcePosition at) {
        return client.sql("""
                        UPDATE unreadable_command SET resolved_at = clock_timestamp()
                        WHERE source_topic = ? AND source_partition = ? AND source_offset = ? AND resolved_at IS NULL
                        """).params(at.topic(), at.partition(), at.offset()).update() > 0;
    }

    static OperatorPause operatorPause(ResultSet row) throws SQLException {
        return new OperatorPause(PostgresLedger.scope(row), pause(row, "", "paused"));
    }

    /** A pause, from columns that are named with that before them. */
    static StoredPause pause(ResultSet row, String before, String inForce) throws SQLException {
        return new StoredPause(
                row.getBoolean(inForce),
                row.getLong(before + "version"),
                row.getLong(before + "sequence"),
                PostgresLedger.instant(row, "paused_at"),
                row.getObject("paused_by", UUID.class),
                row.getString(before + "reason"));
    }
}
