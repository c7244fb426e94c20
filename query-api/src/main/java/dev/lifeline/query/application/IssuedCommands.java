package dev.lifeline.query.application;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Which commands were given, by whom, so that an unknown one can be told from one that takes its time. */
public interface IssuedCommands {

    /** Remembers a command that is given; once more does no harm. Fails with {@link AwayException}. */
    Mono<Void> remember(UUID userId, UUID commandId);

    /** Whether that user gave that command. Fails with {@link AwayException}. */
    Mono<Boolean> knows(UUID userId, UUID commandId);
}
