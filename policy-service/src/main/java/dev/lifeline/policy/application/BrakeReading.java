package dev.lifeline.policy.application;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How well it is known whether something is paused.
 *
 * @param stale why the commands may not all have been read, as a sentence; absent when they have been
 * @param unreadable that some could not be read, as a sentence; absent when all could
 * @param unreadableUpTo the place of the newest of those among what happened: approvals after it count
 */
public record BrakeReading(@Nullable String stale, @Nullable String unreadable, long unreadableUpTo) {

    /** Why it is not known; empty when it is. */
    Optional<String> unknown() {
        return Optional.ofNullable(stale).or(() -> Optional.ofNullable(unreadable));
    }
}
