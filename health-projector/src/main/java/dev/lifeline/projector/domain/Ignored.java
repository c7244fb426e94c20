package dev.lifeline.projector.domain;

/** Why an event changed nothing. Counted: a few are the price of at-least-once, many mean a poller that lags. */
public enum Ignored {
    /** Consent has been given since. */
    LOWER_GENERATION,
    /** The same claim, or a later one, was heard of before. */
    ATTEMPT_NOT_ABOVE,
    /** No connector that it could concern. */
    NO_CONNECTOR,
    /** The grant's death was known. */
    KNOWN_ALREADY
}
