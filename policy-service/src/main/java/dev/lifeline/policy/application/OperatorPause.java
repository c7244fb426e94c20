package dev.lifeline.policy.application;

import dev.lifeline.events.PauseScope;

/** A pause of the operator's, in force or not. */
public record OperatorPause(PauseScope scope, Autonomy.StoredPause pause) {}
