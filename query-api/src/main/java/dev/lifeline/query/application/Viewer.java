package dev.lifeline.query.application;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who looks on, and for how long he may.
 *
 * @param userId at whose banners he looks
 * @param session the session whose end ends it; absent for a bearer token
 * @param until when session or token expire
 */
public record Viewer(UUID userId, @Nullable String session, Instant until) {}
