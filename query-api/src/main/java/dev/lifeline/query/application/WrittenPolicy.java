package dev.lifeline.query.application;

import dev.lifeline.events.Policy;

/**
 * A policy of a user, and which writing of it this is.
 *
 * @param version rises with each change of any of the user's policies
 */
public record WrittenPolicy(Policy policy, long version) {}
