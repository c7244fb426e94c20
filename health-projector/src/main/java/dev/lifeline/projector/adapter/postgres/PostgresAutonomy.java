package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Policy;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.TrustTier;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is paused and what is allowed, within a transaction that somebody else opens and commits. Every method says whether
 * it changed something: what is older than the row, or was folded before, does not.
 */
public final class PostgresAutonomy {

    private static final String PAUSE = """
            INSERT INTO autonomy_state AS row (user_id, paused, paused_at, paused_by, pause_reason, pause_version)
            VALUES (?, true, ?, ?, ?, ?)
            ON CONFLICT (user_id) DO UPDATE SET paused = true, paused_at = excluded.paused_at,
                paused_by = excluded.paused_by, pause_reason = excluded.pause_reason,
                pause_version = excluded.pause_version, updated_at = now()
            WHERE row.pause_version < excluded.pause_version
            """;
    private static final String RESUME = """
            UPDATE autonomy_state SET paused = false, paused_at = NULL, paused_by = NULL, pause_reason = NULL,
                updated_at = now()
            WHERE user_id = ? AND paused AND pause_version <= ?
            """;
    private static final String PAUSE_ALL = """
            INSERT INTO operator_pause AS row (kind, value, paused, paused_at, paused_by, reason, version)
            VALUES (?, ?, true, ?, ?, ?, ?)
            ON CONFLICT (kind, value) DO UPDATE SET paused = true, paused_at = excluded.paused_at,
                paused_by = excluded.paused_by, reason = excluded.reason, version = excluded.version, updated_at = now()
            WHERE row.version < excluded.version
            """;
    private static final String RESUME_ALL = """
            UPDATE operator_pause SET paused = false, updated_at = now()
            WHERE kind = ? AND value = ? AND paused AND version <= ?
            """;
    private static final String SETTINGS = "SELECT settings FROM autonomy_state WHERE user_id = ?";
    private static final String SET = """
            INSERT INTO autonomy_state AS row (user_id, settings, settings_version) VALUES (?, ?, ?)
            ON CONFLICT (user_id) DO UPDATE SET settings = excluded.settings,
                settings_version = excluded.settings_version, updated_at = now()
            WHERE row.settings_version < excluded.settings_version
            """;
    private static final String POLICY = """
            INSERT INTO policy AS row (user_id, policy_id, policy, version) VALUES (?, ?, ?, ?)
            ON CONFLICT (user_id, policy_id) DO UPDATE SET policy = excluded.policy, version = excluded.version,
                updated_at = now()
            WHERE row.version < excluded.version
            """;
    private static final String UNREADABLE = """
            INSERT INTO unreadable_command (source_topic, source_partition, source_offset, concerns, reason, noted_at)
            SELECT ?, ?, ?, given.concerns, ?, ? FROM (VALUES (?::uuid)) AS given (concerns)
            WHERE NOT EXISTS (SELECT FROM erased_user WHERE user_id = given.concerns) ON CONFLICT DO NOTHING
            """;
    private static final String RESOLVED = """
            UPDATE unreadable_command SET resolved_at = ?
            WHERE source_topic = ? AND source_partition = ? AND source_offset = ? AND resolved_at IS NULL
            """;

    private static final Codec CODEC = new Codec();

    private final Connection tx;

    public PostgresAutonomy(Connection tx) {
        this.tx = tx;
    }

    public boolean pause(AutonomyPaused event) throws SQLException {
        return changes(PAUSE, event.userId(), event.pausedAt(), event.actor(), event.reason(), event.version());
    }

    public boolean resume(AutonomyResumed event) throws SQLException {
        return changes(RESUME, event.userId(), event.version());
    }

    /** The operator's pause. */
    public boolean pauseForAll(AutonomyPaused event) throws SQLException {
        return changes(
                PAUSE_ALL,
                event.scope().kind().wireName(),
                valueOf(event.scope().value()),
                event.pausedAt(),
                event.actor(),
                event.reason(),
                event.version());
    }

    public boolean resumeForAll(AutonomyResumed event) throws SQLException {
        return changes(
                RESUME_ALL,
                event.scope().kind().wireName(),
                valueOf(event.scope().value()),
                event.version());
    }

    public boolean set(UUID userId, AutonomySettings settings, long version) throws SQLException {
        return changes(SET, userId, json(settings), version);
    }

    /** Changes the level of trust and nothing else. */
    public boolean trust(UUID userId, TrustTier tier, long version) throws SQLException {
        AutonomySettings before = Sql.text(tx, SETTINGS, userId)
                .map(json -> CODEC.decodeValue(AutonomySettings.class, json.getBytes(StandardCharsets.UTF_8)))
                .orElse(AutonomySettings.UNSET);
        return set(userId, before.with(tier), version);
    }

    /** @param policy absent: it is removed */
    public boolean policy(UUID userId, UUID policyId, @Nullable Policy policy, long version) throws SQLException {
        return changes(POLICY, userId, policyId, policy == null ? null : json(policy), version);
    }

    public boolean unreadable(SourcePosition source, @Nullable UUID concerns, String reason, Instant at)
            throws SQLException {
        return changes(UNREADABLE, source.topic(), source.partition(), source.offset(), reason, at, concerns);
    }

    public boolean resolved(SourcePosition source, Instant at) throws SQLException {
        return changes(RESOLVED, at, source.topic(), source.partition(), source.offset());
    }

    private boolean changes(String sql, @Nullable Object... parameters) throws SQLException {
        return Sql.update(tx, sql, parameters) > 0;
    }

    private static String valueOf(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** As it is kept in a column. */
    public static String json(Object value) {
        return new String(CODEC.encodeValue(value), StandardCharsets.UTF_8);
    }
}
