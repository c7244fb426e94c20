package dev.lifeline.query.application;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param session the name of the session, for a browser; absent for a program with a bearer token
 * @param until when session or token expire
 * @param agent whether this is a program that acts for the person, and may neither see nor change what he does
 */
public record Caller(Person person, @Nullable String session, Instant until, boolean agent) {

    /** The caller as one who looks on at what is that user's: his own, or another's where he may. */
    public Viewer viewerOf(UUID userId) {
        return new Viewer(userId, session, until);
    }
}
