package dev.lifeline.query.application;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Remembers which commands were given, in its own time: whoever gives one does not wait for it, and while the database is
 * away it is tried on, so that whoever asks later is not told that there is no such command.
 */
public final class CommandMemory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CommandMemory.class);

    /** What is given beyond so many that wait is not remembered; what becomes of it is known once it is seen. */
    private static final int MOST_WAITING = 10_000;

    private static final int AT_ONCE = 8;
    private static final Retry WHILE_AWAY = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
            .maxBackoff(Duration.ofSeconds(2))
            .filter(AwayException.class::isInstance);

    private final IssuedCommands issued;
    private final Set<Given> waiting = ConcurrentHashMap.newKeySet();
    private final Sinks.Many<Given> queue = Sinks.many().unicast().onBackpressureBuffer();
    private final Disposable remembering;

    private record Given(UUID userId, UUID commandId) {}

    public CommandMemory(IssuedCommands issued) {
        this.issued = issued;
        this.remembering = queue.asFlux().flatMap(this::keep, AT_ONCE).subscribe();
    }

    /** Remembers that command, soon. */
    void remember(UUID userId, UUID commandId) {
        Given given = new Given(userId, commandId);
        if (waiting.size() < MOST_WAITING && waiting.add(given)) {
            queue.emitNext(given, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
        }
    }

    /** Whether that user gave that command. Fails with {@link AwayException}. */
    Mono<Boolean> knows(UUID userId, UUID commandId) {
        return waiting.contains(new Given(userId, commandId)) ? Mono.just(true) : issued.knows(userId, commandId);
    }

    private Mono<Void> keep(Given given) {
        return issued.remember(given.userId(), given.commandId())
                .retryWhen(WHILE_AWAY)
                .doOnError(failure -> log.warn("command {} can not be remembered", given.commandId(), failure))
                .onErrorComplete()
                .doFinally(any -> waiting.remove(given));
    }

    /** What waits still is forgotten. */
    @Override
    public void close() {
        remembering.dispose();
    }
}
