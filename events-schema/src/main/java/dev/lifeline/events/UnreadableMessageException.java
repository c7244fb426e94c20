package dev.lifeline.events;

/** The bytes of a record are not the message that its type names. Poison: trying again does not help. */
public final class UnreadableMessageException extends RuntimeException {

    public UnreadableMessageException(String message) {
        super(message);
    }
}
