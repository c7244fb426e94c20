package dev.lifeline.query.application;

import dev.lifeline.events.AutonomySettings;

/**
 * Settings, and which they are.
 *
 * @param version rises with each change; 0 while nothing has been set
 */
public record SetSettings(AutonomySettings settings, long version) {

    /** Of a user who has set nothing. */
    public static final SetSettings NONE = new SetSettings(AutonomySettings.UNSET, 0);
}
