package dev.lifeline.query.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Verdict;
import java.time.Instant;

/**
 * An action that was decided about.
 *
 * @param at when for the first time
 * @param verdict that which was made last
 * @param trustTier how far the user trusted the assistant then
 */
public record PastDecision(Instant at, Action action, Verdict verdict, TrustTier trustTier) {}
