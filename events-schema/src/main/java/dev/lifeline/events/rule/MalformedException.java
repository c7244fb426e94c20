package dev.lifeline.events.rule;

/** What somebody wrote can not be meant so. The message names the field and the remedy. */
public final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message, null, false, false);
    }
}
