package dev.lifeline.query.application;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who has looked at what is another's. It is noted before it is shown, so that nothing is seen that is not noted. */
public interface Readings {

    /**
     * Notes that somebody is about to read. Fails with {@link AwayException}.
     *
     * @param userId whose; absent: everybody's
     * @param address the path and the query
     */
    Mono<Void> note(UUID readerId, @Nullable UUID userId, String address);
}
