package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.TrustTier;
import dev.lifeline.policy.application.Autonomy;
import dev.lifeline.policy.application.Autonomy.StoredPause;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code autonomy}. */
final class AutonomyTable {

    private final JdbcClient client;

    AutonomyTable(JdbcClient client) {
        this.client = client;
    }

    Autonomy autonomy(UUID userId) {
        return client.sql("SELECT * FROM autonomy WHERE user_id = ?")
                .param(userId)
                .query((row, n) -> autonomy(row))
                .optional()
                .orElse(Autonomy.UNSET);
    }

    void save(UUID userId, Autonomy autonomy) {
        StoredPause pause = autonomy.pause();
        client.sql("""
                        INSERT INTO autonomy (user_id, trust_tier, settings, settings_version, policies_version,
                            paused, pause_version, pause_sequence, paused_at, paused_by, pause_reason)
                        VALUES (:user, :tier, :settings, :settingsVersion, :policiesVersion,
                            :paused, :version, :sequence, :at, :by, :reason)
                        ON CONFLICT (user_id) DO UPDATE SET trust_tier = excluded.trust_tier, settings = excluded.settings,
                            settings_version = excluded.settings_version, policies_version = excluded.policies_version,
                            paused = excluded.paused, pause_version = excluded.pause_version,
                            pause_sequence = excluded.pause_sequence, paused_at = excluded.paused_at,
                            paused_by = excluded.paused_by, pause_reason = excluded.pause_reason, updated_at = now()
                        """)
                .param("user", userId)
                .param("tier", autonomy.settings().trustTier().wireName())
                .param("settings", PostgresLedger.json(autonomy.settings()))
                .param("settingsVersion", autonomy.settingsVersion())
                .param("policiesVersion", autonomy.policiesVersion())
                .param("paused", pause != null && pause.inForce())
                .param("version", pause == null ? 0 : pause.version())
                .param("sequence", pause == null ? 0 : pause.sequence())
                .param(
                        "at",
                        pause == null ? null : PostgresLedger.time(pause.at()),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("by", pause == null ? null : pause.by(), java.sql.Types.OTHER)
                .param("reason", pause == null ? null : pause.reason(), java.sql.Types.VARCHAR)
                .update();
    }

    static Autonomy autonomy(ResultSet row) throws SQLException {
        AutonomySettings settings = PostgresLedger.CODEC.decodeValue(
                AutonomySettings.class, row.getString("settings").getBytes(StandardCharsets.UTF_8));
        TrustTier tier = tier(row.getString("trust_tier"));
        StoredPause pause = row.getLong("pause_version") == 0 ? null : BrakeTables.pause(row, "pause_", "paused");
        return new Autonomy(
                tier == null ? settings : settings.with(tier),
                tier,
                row.getLong("settings_version"),
                row.getLong("policies_version"),
                pause);
    }

    private static @Nullable TrustTier tier(String name) {
        try {
            return TrustTier.ofWireName(name);
        } catch (IllegalArgumentException unknown) {
            return null; // of a later release; who does not know it denies
        }
    }
}
