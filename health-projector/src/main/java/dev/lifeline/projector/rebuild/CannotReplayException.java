package dev.lifeline.projector.rebuild;

import org.jspecify.annotations.Nullable;

/** A replay is refused, or can not go on; the message says why, and what to do. */
public final class CannotReplayException extends RuntimeException {

    public CannotReplayException(String message) {
        this(message, null);
    }

    public CannotReplayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
