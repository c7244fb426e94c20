package dev.lifeline.policy.application;

import org.jspecify.annotations.Nullable;

/** Something that is needed is away; the same again may succeed. */
public class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
