package dev.lifeline.events;

/** Where in the log a record lies; anybody can look it up. */
public record SourcePosition(String topic, int partition, long offset) {}
