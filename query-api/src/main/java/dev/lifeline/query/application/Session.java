package dev.lifeline.query.application;

import java.time.Instant;

/**
 * Somebody signed in with a browser.
 *
 * @param name names the session, and is no secret
 * @param until when it expires, however much it is used
 */
public record Session(String name, Person person, Instant until) {}
