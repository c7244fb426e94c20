package dev.lifeline.query.application;

import dev.lifeline.query.domain.Reading;
import java.time.Instant;

/**
 * A user's rows as they were at one moment.
 *
 * @param at that moment, by the database's clock, which all other times can be compared with
 */
public record Snapshot(Reading reading, Instant at) {}
