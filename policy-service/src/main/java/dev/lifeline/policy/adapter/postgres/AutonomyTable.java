package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.TrustTier;
import dev.lifeline.policy.application.Autonomy;
import dev.lifeline.policy.application.Autonomy.StoredPause;
import dev.lifeline.runtime.Statements.Maybe;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code autonomy}. */
final class AutonomyTable {

    private static final String SAVE = """
            INSERT INTO autonomy (user_id, trust_tier, settings, settings_version, policies_version,
                paused, pause_version, pause_sequence, paused_at, paused_by, pause_reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (user_id) DO UPDATE SET
                trust_tier = coalesce(nullif(excluded.trust_tier, ''), autonomy.trust_tier), settings = excluded.settings,
                settings_version = excluded.settings_version, policies_version = excluded.policies_version,
                paused = excluded.paused, pause_version = excluded.pause_version,
                pause_sequence = excluded.pause_sequence, paused_at = excluded.paused_at,
                paused_by = excluded.paused_by, pause_reason = excluded.pause_reason, updated_at = now()
            """;

    private final Trip trip;

    AutonomyTable(Trip trip) {
        this.trip = trip;
    }

    Autonomy autonomy(UUID userId) {
        return trip.add("SELECT * FROM autonomy WHERE user_id = ?", userId).ask(answers -> {
            ResultSet row = answers.next();
            return row.next() ? autonomy(row) : Autonomy.UNSET;
        });
    }

    void save(UUID userId, Autonomy autonomy) {
        StoredPause pause = autonomy.pause();
        trip.add(PostgresLedger.ADD_USER, userId)
                .add(
                        SAVE,
                        userId,
                        autonomy.trustTier() == null ? "" : autonomy.trustTier().wireName(),
                        // The column has the tier, which an earlier release may not be able to read.
                        PostgresLedger.json(autonomy.settings().with(TrustTier.OBSERVER)),
                        autonomy.settingsVersion(),
                        autonomy.policiesVersion(),
                        pause != null && pause.inForce(),
                        pause == null ? 0 : pause.version(),
                        pause == null ? 0 : pause.sequence(),
                        new Maybe(
                                pause == null ? null : PostgresLedger.time(pause.at()), Types.TIMESTAMP_WITH_TIMEZONE),
                        new Maybe(pause == null ? null : pause.by(), Types.OTHER),
                        new Maybe(pause == null ? null : pause.reason(), Types.VARCHAR));
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
