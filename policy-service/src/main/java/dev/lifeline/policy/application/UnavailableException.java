package dev.lifeline.policy.application;

/** Something that is needed is away; the same again may succeed. */
public class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
