/** How old what we show may be before we say that we do not know. */
export const STALE_AFTER = 10_000;

/**
 * Whether the page may still speak of the present: only when the read model was caught up within the last ten seconds,
 * by the server's clock. Knowledge that never was is not knowledge, and what is said of a time far ahead was said before
 * one of the clocks was set.
 */
export function isKnown(asOf, now) {
  return asOf !== null && Math.abs(now - asOf) <= STALE_AFTER;
}

/** The later of two instants of which either may be missing. */
export function later(one, other) {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}
