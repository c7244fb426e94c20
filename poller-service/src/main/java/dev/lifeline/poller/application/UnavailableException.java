package dev.lifeline.poller.application;

import org.jspecify.annotations.Nullable;

/** The log or the store is away. What was asked may or may not have been done; it may be tried again. */
public final class UnavailableException extends RuntimeException {

    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
