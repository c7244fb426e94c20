package dev.lifeline.events;

import java.time.Instant;
import java.util.UUID;

/** What concerns a user as such. On {@code lifeline.user.events}, where the newest of each user is kept for ever. */
public sealed interface UserEvent extends Message {

    /**
     * The user is erased: whoever keeps something of theirs removes it, and remembers the id, so that no late event and no
     * replay of the log brings them back.
     *
     * @param erasedAt when it was asked for
     */
    @MessageType("lifeline.user-erased.v1")
    record UserErased(UUID userId, Instant erasedAt) implements UserEvent {}
}
