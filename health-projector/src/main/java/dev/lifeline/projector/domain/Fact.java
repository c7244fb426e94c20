package dev.lifeline.projector.domain;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.SourcePosition;
import java.time.Instant;

/**
 * An event as the log has it.
 *
 * @param time when the broker appended it
 */
public record Fact(ConnectorEvent event, Instant time, SourcePosition at) {}
