package dev.lifeline.runtime;

import org.jspecify.annotations.Nullable;

/** Something failed that may well succeed when tried again, such as a store that is away. */
public class TransientFailureException extends RuntimeException {

    public TransientFailureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
