package dev.lifeline.embedded;

/** A broker or database that could not be started; the message says which, why, and where to read more. */
public final class EmbeddedStartException extends RuntimeException {

    public EmbeddedStartException(String message) {
        super(message);
    }

    public EmbeddedStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
