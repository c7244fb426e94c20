package dev.lifeline.query.application;

import dev.lifeline.events.Message;
import reactor.core.publisher.Mono;

/** Where commands go. */
public interface CommandLog {

    /**
     * Completes once the command is safe. Fails with {@link AwayException} when that can not be said; the command may then
     * still have been taken, and giving the same again does no harm.
     */
    Mono<Void> append(Message command);
}
