package dev.lifeline.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Kafka has not acknowledged a message in time. It may be in the log all the same, so whoever publishes it again must
 * expect that it is there twice.
 */
public final class PublishFailedException extends TransientFailureException {

    public PublishFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
