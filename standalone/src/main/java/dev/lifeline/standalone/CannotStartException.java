package dev.lifeline.standalone;

/** Why a command can not do its work, in one line that names the thing, the value and the remedy. */
public final class CannotStartException extends RuntimeException {

    public CannotStartException(String message) {
        super(message);
    }

    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
