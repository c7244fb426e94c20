package dev.lifeline.runtime;

import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import java.time.Instant;

/**
 * A message as it was read from its topic.
 *
 * @param at where it lies in the log
 * @param time the record's timestamp; on fact topics the broker's, when it appended the record
 * @param message what it says
 */
public record Received<M extends Message>(SourcePosition at, Instant time, M message) {}
