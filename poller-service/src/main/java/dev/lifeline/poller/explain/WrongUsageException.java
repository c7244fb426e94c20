package dev.lifeline.poller.explain;

/** The command was called wrongly; the message says how, and names no value of the answer. */
final class WrongUsageException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongUsageException(String message) {
        super(message);
    }
}
