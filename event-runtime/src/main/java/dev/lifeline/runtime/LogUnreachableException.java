package dev.lifeline.runtime;

/** The log can not be read now. The message says why, for an operator, and what to do. */
public final class LogUnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LogUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }

    public LogUnreachableException(String message) {
        super(message);
    }
}
