package dev.lifeline.poller.application.consent;

import java.time.Instant;
import java.util.UUID;

/**
 * What lets a browser begin a consent: that a signed-in user asked for it, in this browser, a moment ago.
 *
 * @param id good once
 * @param browserHash SHA-256, base64url, of the nonce in the browser's cookie
 * @param expiresAt when it is no longer good
 */
public record Ticket(UUID id, UUID userId, String connector, String browserHash, Instant expiresAt) {}
