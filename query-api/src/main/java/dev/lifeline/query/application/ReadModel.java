package dev.lifeline.query.application;

import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * What the projector has made of the events, to be read only. Every method fails with {@link AwayException} when it can
 * not be read now; trying again later helps.
 */
public interface ReadModel {

    /** The user's connectors and how fresh that is; a user of whom nothing is known has none. */
    Mono<Snapshot> snapshot(UUID userId);

    /** The connectors of several users at once. Who has none is missing in the answer. */
    Mono<Map<UUID, List<ConnectorHealth>>> rows(Collection<UUID> userIds);

    /** What is paused for several users at once. Who is missing in the answer is held back by nothing. */
    Mono<Map<UUID, Pauses>> pauses(Collection<UUID> userIds);

    /** So many changes of the user's connectors, newest first, older than {@code before} where that is given. */
    Mono<Timeline> timeline(UUID userId, Timeline.Query query);

    /** How things stood for a user at an earlier time. */
    Mono<Past> past(UUID userId, Instant at);

    /** What became of a command; empty while it is not known. */
    Mono<CommandState> command(UUID userId, UUID commandId);
}
