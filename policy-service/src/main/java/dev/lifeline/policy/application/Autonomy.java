package dev.lifeline.policy.application;

import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.TrustTier;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user allows, and whether the user has pulled the brake.
 *
 * @param trustTier absent when what is stored is not known to this release
 * @param pause the newest, in force or not; absent when there never was one
 */
public record Autonomy(
        AutonomySettings settings,
        @Nullable TrustTier trustTier,
        long settingsVersion,
        long policiesVersion,
        @Nullable StoredPause pause) {

    /** Of a user who has said nothing yet. */
    public static final Autonomy UNSET =
            new Autonomy(AutonomySettings.UNSET, AutonomySettings.UNSET.trustTier(), 0, 0, null);

    /**
     * A pause, and whether it is in force.
     *
     * @param version has to be named to lift it
     * @param sequence its place among what happened
     */
    public record StoredPause(
            boolean inForce,
            long version,
            long sequence,
            Instant at,
            UUID by,
            @Nullable String reason) {

        StoredPause lifted() {
            return new StoredPause(false, version, sequence, at, by, reason);
        }
    }

    Autonomy with(AutonomySettings other) {
        return new Autonomy(other, other.trustTier(), settingsVersion + 1, policiesVersion, pause);
    }

    Autonomy with(StoredPause other) {
        return new Autonomy(settings, trustTier, settingsVersion, policiesVersion, other);
    }

    Autonomy withPoliciesChanged() {
        return new Autonomy(settings, trustTier, settingsVersion, policiesVersion + 1, pause);
    }
}
